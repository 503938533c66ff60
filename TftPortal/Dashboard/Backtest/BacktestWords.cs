using System.Globalization;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Owning;

namespace TftPortal.Dashboard.Backtest;

/// <summary>What a page says of a back-test.</summary>
internal static class BacktestWords
{
    /// <summary>"caches: mem_used_pct from 95 a warning, 99 critical".</summary>
    public static string Title(BacktestView view) => $"{view.Order.Rule.Name}: {RuleWords.Of(view.Order.Rule)}";

    /// <summary>"12 servers of web-*, 2026-03-01 12:00 to 2026-03-08 12:00 UTC".</summary>
    public static string Scope(BacktestView view) => string.Create(CultureInfo.InvariantCulture,
        $"{view.Servers:#,0} {(view.Servers == 1 ? "server" : "servers")}{(view.Order.Servers == ServerPattern.All ? "" : $" of {view.Order.Servers}")}, {view.Order.Range.From.UtcDateTime:yyyy-MM-dd HH:mm} to {view.Order.Range.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>How far it is, or how far it came.</summary>
    public static string Progress(BacktestView view) => view switch
    {
        { State: BacktestState.Running, Done: 0 } => "Reading the week before, which the first forecast needs…",
        { State: BacktestState.Running } => $"{Steps(view)}, {(view.Left is { } left ? $"about {Rough(left)} left" : "time left not known yet")}",
        _ => $"It was cancelled at {Steps(view)}; there is no result.",
    };

    /// <summary>A time that is only guessed, in whole seconds: one at least.</summary>
    public static string Rough(TimeSpan time) => Figures.Duration(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(time.TotalSeconds))));

    /// <summary>How far it is, in a word.</summary>
    public static string State(BacktestState state) => state switch
    {
        BacktestState.Running => "running",
        BacktestState.Done => "done",
        BacktestState.Cancelled => "cancelled",
        _ => "failed",
    };

    /// <summary>How right an alert was.</summary>
    public static string Outcome(Firing firing) => firing.Outcome switch
    {
        FiringOutcome.Hit => $"right, {Ages.Words(firing.Lead ?? TimeSpan.Zero)} before",
        FiringOutcome.FalseAlarm => "false alarm",
        FiringOutcome.Within => "within an incident, or the hour after one",
        _ => "its hour is not over",
    };

    private static string Steps(BacktestView view) => $"{Figures.Count(view.Done)} of {Figures.Count(view.ServerSteps)} server-steps";
}
