using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>How right the forecasts were, of those whose step has closed. One immutable picture a step.</summary>
public sealed record AccuracyReport
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>Version of the model in use.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>The last 24 hours, and the last 7 days; a window's start is exact to three hours.</summary>
    public required ImmutableArray<AccuracyWindow> Windows { get; init; }
    /// <summary>The servers on which the network does worst against the baseline, the worst first: 20 at most, over a week that fades.</summary>
    public required ImmutableArray<ServerAccuracy> WorstServers { get; init; }
    /// <summary>For how many metrics of servers the baseline answers in the network's place.</summary>
    public required int GuardedMetrics { get; init; }
    /// <summary>Which these are, by server: 100 servers at most.</summary>
    public required ImmutableArray<GuardedServer> Guarded { get; init; }
    /// <summary>Of how many servers forecasts are kept to be scored.</summary>
    public required int ServersFollowed { get; init; }
    /// <summary>When the next kept forecast can be scored; null where none waits.</summary>
    public required DateTimeOffset? NextScoreAt { get; init; }

    /// <summary>Whether anything has been scored.</summary>
    public bool HasScores => Windows.Any(window => window.Points > 0);
}

/// <summary>A rolling window.</summary>
/// <param name="Name"><c>24h</c> or <c>7d</c>.</param>
/// <param name="Points">Scored points of all versions: one a server, metric, kept forecast and horizon.</param>
/// <param name="Metrics">By metric, of the model in use.</param>
/// <param name="Steps">By steps ahead, of the model in use; the mean over the metrics.</param>
/// <param name="Profiles">By profile, likewise.</param>
/// <param name="Versions">By version of who answered, likewise: models, and the baseline where too little was known for one.</param>
public sealed record AccuracyWindow(string Name, long Points, ImmutableArray<AccuracyRow> Metrics, ImmutableArray<AccuracyRow> Steps, ImmutableArray<AccuracyRow> Profiles, ImmutableArray<AccuracyRow> Versions);

/// <summary>Scores of one kind. Lower is better, but for the coverage.</summary>
/// <param name="Of">What of: a metric's name, steps, a profile, a version.</param>
/// <param name="Points">How many scored points.</param>
/// <param name="Wql">Weighted quantile loss of the model; null where only zeros were measured.</param>
/// <param name="BaselineWql">Of the baseline, on the same points.</param>
/// <param name="LastValueWql">Of the last value carried on, on the same points.</param>
/// <param name="AnsweredWql">Of what was answered: the baseline's where it took the network's place.</param>
/// <param name="Mase">Mean absolute error of the median over that of "as a day ago" in the week before, floored at .1 points or .001 MB/s; null without a day of past.</param>
/// <param name="Coverage">Share within p10 and p90; .80 is right.</param>
public sealed record AccuracyRow(string Of, long Points, double? Wql, double? BaselineWql, double? LastValueWql, double? AnsweredWql, double? Mase, double? Coverage)
{
    /// <summary>The coverage that is good enough: from.</summary>
    public const double CoverageFrom = .77;
    /// <summary>The coverage that is good enough: to.</summary>
    public const double CoverageTo = .83;
}

/// <summary>A server's scores, of the network; over a week that fades.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Profile">What it is for.</param>
/// <param name="Points">How many points that is, faded.</param>
/// <param name="Wql">The mean over its metrics.</param>
/// <param name="BaselineWql">The baseline's.</param>
/// <param name="AgainstBaseline">The geometric mean over its metrics of the network's loss over the baseline's: above 1 it loses.</param>
public sealed record ServerAccuracy(string Server, ServerProfile Profile, double Points, double Wql, double BaselineWql, double AgainstBaseline);

/// <summary>A server for some of whose metrics the baseline answers.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Metrics">Which.</param>
public sealed record GuardedServer(string Server, ImmutableArray<Metric> Metrics);

/// <summary>A forecast that was kept, one step of it.</summary>
/// <param name="FirstStep">When the forecast's first step began.</param>
/// <param name="Steps">How many steps ahead: 12, 48 or 96; 1 and 3 while they are the newest.</param>
/// <param name="Time">When the step that was forecast begins.</param>
/// <param name="P10">10 % quantile of who answers as a rule: the network, where it made one, else the baseline.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90 % quantile.</param>
/// <param name="ByNetwork">Whether the network made it.</param>
/// <param name="Happened">What was measured; null where nothing was, or not yet.</param>
public sealed record PastForecast(DateTimeOffset FirstStep, int Steps, DateTimeOffset Time, float P10, float P50, float P90, bool ByNetwork, float? Happened);
