using System.Collections.Frozen;
using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Loop;

/// <summary>Makes a picture of a window: forecasts, risks, alerts. One at a time.</summary>
internal sealed class ForecastCycle(FleetForecaster forecaster, RiskScorer scorer, AlertDesk desk, TimeProvider clock)
{
    private long sequence;

    /// <summary>Makes the next picture.</summary>
    public FleetOutlook Run(WindowSnapshot window, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        var forecasts = forecaster.Forecast(window.Servers, window.FirstStep, stop);
        var risks = window.Servers.Zip(forecasts, (server, forecast) => scorer.Score(server, forecast, window.Time));
        ImmutableArray<ServerOutlook> servers =
        [
            .. window.Servers.Zip(forecasts, risks).Select(server => new ServerOutlook(server.First, server.Second, server.Third))
                .OrderByDescending(server => server.Risk.Value).ThenBy(server => server.Server.Name, StringComparer.Ordinal),
        ];
        var alerts = desk.Review(servers, window.Time);
        return new()
        {
            Sequence = ++sequence,
            Time = clock.GetUtcNow(),
            Took = clock.GetElapsedTime(started),
            Grid = window.Grid,
            FirstStep = window.FirstStep,
            HorizonSteps = InputShape.Horizon,
            ModelVersion = forecaster.ModelVersion,
            Counts = window.Counts,
            Servers = servers,
            ByName = servers.ToFrozenDictionary(server => server.Server.Name, StringComparer.Ordinal),
            Alerts = alerts,
            Health = FleetScorer.Score([.. servers.Select(server => server.Risk)]),
        };
    }
}
