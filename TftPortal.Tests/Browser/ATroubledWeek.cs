using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Browser;

/// <summary>A picture whose window holds three days of three simulated servers; memory leaks of one, again and again, for the last of them.</summary>
internal static class ATroubledWeek
{
    private const int Steps = 3 * 288;

    public static FleetOutlook At(DateTimeOffset now)
    {
        var grid = AWindow.Grid;
        var window = AWindow.Empty();
        ServerSimulator[] servers = [.. Enumerable.Range(1, 3).Select(number => new ServerSimulator($"ppweb{number:0000}", ServerProfile.WebApi, number, temper: ServerTemper.Quiet))];
        var values = new float[MetricCatalog.Count];
        for (var step = grid.StepOf(now) - Steps; step < grid.StepOf(now); step++)
        {
            if (step == grid.StepOf(now) - 288) servers[0].Scenario = SimulationScenario.Degrading;
            var batch = new ReadingBatch { IsSimulated = true };
            foreach (var server in servers)
            {
                if (server.Advance(grid.StartOf(step), values)) batch.Add(server.Name, grid.StartOf(step).ToUnixTimeMilliseconds(), server.Profile, server.Status, values);
            }

            window.Apply(batch, grid.StartOf(step));
        }

        return AnOutlook.Of(1, now, window.Snapshot(now).Servers.Select(server => new ServerOutlook(server, AForecast.Of(server.Name).Made(), RiskScore.None)));
    }
}
