using TftPortal.Engine.Alerts;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Backtest;

/// <summary>Does a back-test on the thread that calls it.</summary>
/// <param name="past">What servers measured.</param>
/// <param name="limits">The window's.</param>
/// <param name="pace">How the engine goes through time.</param>
/// <param name="options">The settings of alerts.</param>
/// <param name="open">Opens the model that is in use, for this one alone; null where there is none.</param>
/// <param name="clock">The time.</param>
internal sealed class BacktestRunner(PastSteps past, WindowLimits limits, TrialPace pace, AlertOptions options, Func<OnnxForecaster?> open, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    /// <param name="of">What.</param>
    /// <param name="judged">Told how many server-steps more are done.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="History.HistoryUnavailableException">The past can't be read.</exception>
    public BacktestResult Run(BacktestCase of, Action<int> judged, CancellationToken stop)
    {
        using var model = open();
        var forecaster = new FleetForecaster(new BaselineForecaster(pace.Grid, clock), model);
        var (tried, today) = (TrialOf(of.Tried), TrialOf(of.Today));
        var replay = new Replay(of.Span, limits, forecaster, [tried, today]);
        var names = of.Span.Servers.Select(server => server.Name).ToList();
        // The thread is this work's own: it may wait.
        replay.Run((from, until) => past.ReadAsync(from, until, names, stop).GetAwaiter().GetResult(), judged, stop);
        return new Verdict(of, replay, pace.Grid).Give(forecaster.ModelVersion, tried, today);

        Trial TrialOf(Risk.Watchlist rules) => new(rules, options, pace, of.Span.Steps);
    }
}
