using System.Collections.Frozen;
using System.Collections.Immutable;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Loop;

/// <summary>Makes a picture of a window: forecasts and risks; the alerts are the clerk's. One at a time.</summary>
internal sealed class ForecastCycle(FleetForecaster forecaster, RiskScorer scorer, TimeProvider clock)
{
    /// <summary>Makes the picture, as of the window's time.</summary>
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
        return new()
        {
            Sequence = 0,
            Time = clock.GetUtcNow(),
            Took = clock.GetElapsedTime(started),
            Grid = window.Grid,
            FirstStep = window.FirstStep,
            HorizonSteps = InputShape.Horizon,
            ModelVersion = forecaster.ModelVersion,
            Counts = window.Counts,
            Servers = servers,
            ByName = servers.ToFrozenDictionary(server => server.Server.Name, StringComparer.Ordinal),
            Alerts = [],
            Health = FleetScorer.Score([.. servers.Select(server => server.Risk)]),
        };
    }
}
