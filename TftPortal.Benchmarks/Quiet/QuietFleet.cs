using System.Collections.Immutable;
using TftPortal.Benchmarks.Past;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Simulation;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Quiet;

/// <summary>What a fleet was alerted on.</summary>
/// <param name="ServerDays">Servers times days.</param>
/// <param name="Raises">Every alert, as it was raised.</param>
/// <param name="Incidents">Every incident that began.</param>
internal sealed record QuietReport(double ServerDays, ImmutableArray<Alert> Raises, int Incidents)
{
    /// <summary>Alerts a server and day.</summary>
    public double PerServerDay => Raises.Length / ServerDays;
}

/// <summary>
/// Lives through days of a simulated fleet that nothing befalls, with the engine's own window, forecasts and alerts, one picture a 5-minute step: whoever is alerted here is woken for nothing.
/// The days before are its history.
/// </summary>
/// <param name="servers">How many servers.</param>
/// <param name="seed">Decides everything.</param>
/// <param name="quietShare">Share of servers that are nearly flat, 0–1; the others have their jobs and bursts.</param>
/// <param name="model">The network, or null for the baseline alone.</param>
/// <param name="clock">Dates the forecasts.</param>
internal sealed class QuietFleet(int servers, int seed, double quietShare, IForecaster? model, TimeProvider clock)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero); // a Monday

    /// <summary>Lives.</summary>
    /// <param name="before">Days of history.</param>
    /// <param name="days">Days that are looked at.</param>
    /// <param name="stop">Ends it between two steps.</param>
    public QuietReport Live(double before, double days, CancellationToken stop)
    {
        var grid = new StepGrid(300);
        var fleet = new FleetSimulator(servers, seed, quietShare).Servers;
        var window = new FleetWindow(new() { Grid = grid, MaxServers = servers });
        var forecaster = new FleetForecaster(new BaselineForecaster(grid, clock), model);
        var desk = new AlertDesk(new(new ThresholdOptions()), new(), grid);
        var cascades = new CascadeDetector();
        List<Alert> raises = [];
        HashSet<Guid> known = [], incidents = [];
        var (first, last) = ((int)(before * 288), (int)((before + days) * 288));
        for (var step = 0; step < last && !stop.IsCancellationRequested; step++)
        {
            var start = Start + (step * grid.Length);
            var now = start.AddSeconds(180);
            window.Apply(StepReadings.Take(fleet, start), now);
            if (step < first) continue;
            var picture = window.Snapshot(now);
            var forecasts = forecaster.Forecast(picture.Servers, picture.FirstStep, stop);
            var alerts = desk.Review(picture.Servers.Zip(forecasts, (server, forecast) => new ServerOutlook(server, forecast, RiskScore.None)), now);
            cascades.Sort(alerts, desk.Raises, picture.Servers, now);
            raises.AddRange(alerts.Where(alert => known.Add(alert.Id)));
            incidents.UnionWith(cascades.Incidents.Select(incident => incident.Id));
        }

        return new(servers * days, [.. raises], incidents.Count);
    }
}
