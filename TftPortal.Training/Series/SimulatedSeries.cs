using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Training.Series;

/// <summary>Series of a simulated fleet.</summary>
internal static class SimulatedSeries
{
    /// <summary>Simulates servers, each from its own day of the year so that no calendar is learned by heart.</summary>
    /// <param name="servers">How many.</param>
    /// <param name="days">Days of each.</param>
    /// <param name="seed">Decides everything.</param>
    public static SeriesSet Make(int servers, int days, int seed)
    {
        var fleet = new FleetSimulator(servers, seed, quietShare: .15, troubledShare: .25);
        var made = new List<ServerSeries>(servers);
        var values = new float[MetricCatalog.Count];
        foreach (var (simulator, index) in fleet.Servers.Select((simulator, index) => (simulator, index)))
        {
            var start = new DateTimeOffset(2025, 1, 6, 0, 0, 0, TimeSpan.Zero).AddDays(index * 11 % 364);
            var series = Enumerable.Range(0, MetricCatalog.Count).Select(_ => new float[days * 288]).ToArray();
            for (var step = 0; step < days * 288; step++)
            {
                simulator.Advance(start + (step * SeriesSet.Step), values);
                for (var metric = 0; metric < values.Length; metric++) series[metric][step] = values[metric];
            }

            made.Add(new(simulator.Name, simulator.Profile, start, series));
        }

        return new("simulator", [.. Enum.GetValues<Metric>()], made);
    }
}
