using System.Collections.Frozen;
using System.Collections.Immutable;
using TftPortal.Benchmarks.Past;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Simulation;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Scores;

/// <summary>What scoring a fleet's forecasts costs.</summary>
/// <param name="Scores">The scores at the end.</param>
/// <param name="Pictures">How many pictures were scored.</param>
/// <param name="Forecasting">CPU that the forecasts took.</param>
/// <param name="Scoring">CPU that scoring and keeping took, the guard and the report with it.</param>
internal sealed record ScoredReport(AccuracyReport Scores, int Pictures, TimeSpan Forecasting, TimeSpan Scoring);

/// <summary>Lives through days of a simulated fleet after a week of history, with the engine's own window, forecasters, guard and board, one picture a 5-minute step.</summary>
/// <param name="servers">How many servers.</param>
/// <param name="seed">Decides everything.</param>
/// <param name="model">The network, or null for the baseline alone.</param>
/// <param name="clock">Measures.</param>
internal sealed class ScoredFleet(int servers, int seed, IForecaster? model, TimeProvider clock)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero); // a Monday
    private static readonly StepGrid Grid = new(300);

    /// <summary>Lives.</summary>
    /// <param name="days">Days that are scored, after a week of history.</param>
    /// <param name="stop">Ends it between two steps.</param>
    public ScoredReport Live(double days, CancellationToken stop)
    {
        var fleet = new FleetSimulator(servers, seed).Servers;
        var window = new FleetWindow(new() { Grid = Grid, MaxServers = servers });
        var (baseline, guard) = (new BaselineForecaster(Grid, clock), new ForecastGuard());
        var forecaster = new FleetForecaster(baseline, model, guard);
        var board = new AccuracyBoard(baseline, guard, Grid, FleetOutlook.Empty(Start, Grid, forecaster.ModelVersion, window.Counts));
        TimeSpan forecasting = default, scoring = default;
        var (first, last) = (7 * 288, (int)((7 + days) * 288));
        for (var step = 0; step < last && !stop.IsCancellationRequested; step++)
        {
            var start = Start + (step * Grid.Length);
            var now = start.AddSeconds(180);
            window.Apply(StepReadings.Take(fleet, start), now);
            if (step < first) continue;
            var snapshot = window.Snapshot(now);
            var began = clock.GetTimestamp();
            var forecasts = forecaster.Forecast(snapshot.Servers, snapshot.FirstStep, stop);
            forecasting += clock.GetElapsedTime(began);
            ImmutableArray<ServerOutlook> outlooks = [.. snapshot.Servers.Zip(forecasts, (server, forecast) => new ServerOutlook(server, forecast, RiskScore.None))];
            var picture = FleetOutlook.Empty(now, Grid, forecaster.ModelVersion, snapshot.Counts) with
            {
                FirstStep = snapshot.FirstStep, Servers = outlooks, ByName = outlooks.ToFrozenDictionary(server => server.Server.Name, StringComparer.Ordinal),
            };
            began = clock.GetTimestamp();
            board.Note(picture, stop);
            scoring += clock.GetElapsedTime(began);
        }

        return new(board.Latest, last - first, forecasting, scoring);
    }
}
