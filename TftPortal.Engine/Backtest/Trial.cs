using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Backtest;

/// <summary>Rules at work on the past: the same desk that decides today, begun anew, and what it would have sent.</summary>
/// <param name="watchlist">The rules, of one metric.</param>
/// <param name="options">The settings.</param>
/// <param name="pace">The time grid, and how often a picture is made.</param>
/// <param name="steps">How many steps count.</param>
internal sealed class Trial(Watchlist watchlist, AlertOptions options, TrialPace pace, int steps)
{
    private readonly AlertDesk desk = new(watchlist, options, pace.Grid);
    private readonly Dictionary<string, double[]> sent = new(StringComparer.Ordinal); // 1 where an alert stood that was sent
    private readonly Dictionary<Guid, Run> runs = [];

    /// <summary>What is watched in a server; null where nothing is.</summary>
    public Watch? WatchOf(string server, ServerProfile profile) => watchlist.For(server, profile).FirstOrDefault();

    /// <summary>Looks at the fleet once a step is over.</summary>
    /// <param name="servers">As they were known then, with their forecasts.</param>
    /// <param name="now">The end of the step.</param>
    /// <param name="step">Which step; before 0 it only warms up.</param>
    public void Look(ImmutableArray<ServerOutlook> servers, DateTimeOffset now, int step)
    {
        // A danger that shows in one picture shows in those after it until the step is over: as many as the rules ask for, and as there are.
        var cycles = servers.Max(server => WatchOf(server.Server.Name, server.Server.Profile)?.Cycles ?? options.RaiseCycles);
        for (var picture = 0; picture < Math.Min(cycles, pace.PicturesAStep); picture++) desk.Review(servers, now + (picture * pace.Between));
        if (step < 0) return;
        foreach (var alert in desk.Standing)
        {
            if (alert.IsHushed) continue;
            if (!sent.TryGetValue(alert.Server, out var marks)) sent.Add(alert.Server, marks = new double[steps]);
            marks[step] = 1;
            if (runs.TryGetValue(alert.Id, out var run)) runs[alert.Id] = run with { Until = step, Severity = alert.Severity > run.Severity ? alert.Severity : run.Severity };
            else runs.Add(alert.Id, new(alert, now, step, step, alert.Severity));
        }
    }

    /// <summary>When a server's alerts would have been sent, 1 for each step at which one stood; null where none was.</summary>
    public double[]? SentOf(string server) => sent.GetValueOrDefault(server);

    /// <summary>Each alert of a server, and what became of it.</summary>
    /// <param name="server">Name of the server.</param>
    /// <param name="alarms">What counts of them.</param>
    public ImmutableArray<Firing> FiringsOf(string server, List<Alarm> alarms) =>
    [
        .. runs.Values.Where(run => run.Alert.Server == server).OrderBy(run => run.From).Select(run =>
        {
            var counted = alarms.Where(alarm => alarm.Step >= run.From && alarm.Step <= run.Until).ToList();
            var lead = counted.Where(alarm => alarm.Lead is not null).Select(alarm => alarm.Lead).FirstOrDefault();
            var outcome = lead is not null ? FiringOutcome.Hit : counted.Exists(alarm => !alarm.IsOpen) ? FiringOutcome.FalseAlarm : counted.Count > 0 ? FiringOutcome.Open : FiringOutcome.Within;
            return new Firing(run.From, run.Until, run.At, run.Severity, run.Alert.State == AlertState.Predicted, run.Alert.Probability, run.Alert.PredictedValue, outcome, lead * pace.Grid.Length);
        }),
    ];

    private sealed record Run(Alert Alert, DateTimeOffset At, int From, int Until, AlertSeverity Severity);
}

/// <summary>How the engine goes through time.</summary>
/// <param name="Grid">The time grid.</param>
/// <param name="Between">From one picture to the next.</param>
internal sealed record TrialPace(StepGrid Grid, TimeSpan Between)
{
    /// <summary>How many pictures a step has, at least one.</summary>
    public int PicturesAStep => Math.Max(1, (int)(Grid.Length / Between));
}
