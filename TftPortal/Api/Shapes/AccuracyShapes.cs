namespace TftPortal.Api.Shapes;

/// <summary>How right the forecasts were.</summary>
internal sealed record AccuracyAnswer
{
    /// <summary>When it was scored, UTC.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>Version of the model in use.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>Of how many servers forecasts are kept to be scored.</summary>
    public required int ServersFollowed { get; init; }
    /// <summary>When the next kept forecast can be scored, UTC; null where none waits.</summary>
    public required DateTimeOffset? NextScoreAt { get; init; }
    /// <summary>The coverage that is good enough: from.</summary>
    public required double CoverageFrom { get; init; }
    /// <summary>The coverage that is good enough: to.</summary>
    public required double CoverageTo { get; init; }
    /// <summary>The last 24 hours, and the last 7 days.</summary>
    public required IReadOnlyList<AccuracyWindowShape> Windows { get; init; }
    /// <summary>The servers on which the network does worst against the baseline, the worst first; a week that fades.</summary>
    public required IReadOnlyList<ServerAccuracyShape> WorstServers { get; init; }
    /// <summary>Where the baseline answers in the network's place.</summary>
    public required BaselineAnswersShape BaselineAnswers { get; init; }
}

/// <summary>A rolling window.</summary>
/// <param name="Window">24h or 7d.</param>
/// <param name="Points">Scored points of all versions.</param>
/// <param name="Metrics">By metric, of the model in use.</param>
/// <param name="Steps">By steps ahead, likewise; the mean over the metrics.</param>
/// <param name="Profiles">By profile, likewise.</param>
/// <param name="Versions">By version of who answered, likewise.</param>
internal sealed record AccuracyWindowShape(
    string Window, long Points, IReadOnlyList<AccuracyRowShape> Metrics, IReadOnlyList<AccuracyRowShape> Steps, IReadOnlyList<AccuracyRowShape> Profiles, IReadOnlyList<AccuracyRowShape> Versions);

/// <summary>Scores of one kind.</summary>
/// <param name="Of">The metric's name, the steps ahead, the profile or the version.</param>
/// <param name="Points">How many scored points.</param>
/// <param name="Wql">Weighted quantile loss of the model; null where only zeros were measured.</param>
/// <param name="BaselineWql">Of the baseline on the same points.</param>
/// <param name="LastValueWql">Of the last value on the same points.</param>
/// <param name="AnsweredWql">Of what was answered.</param>
/// <param name="Mase">Mean absolute scaled error of the median; null without a day of past.</param>
/// <param name="Coverage">Share within p10 and p90, 0–1.</param>
internal sealed record AccuracyRowShape(string Of, long Points, double? Wql, double? BaselineWql, double? LastValueWql, double? AnsweredWql, double? Mase, double? Coverage);

/// <summary>A server's scores.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Profile">What it is for.</param>
/// <param name="Points">Scored points, faded.</param>
/// <param name="Wql">The network's, the mean over its metrics.</param>
/// <param name="BaselineWql">The baseline's.</param>
/// <param name="AgainstBaseline">The network's loss over the baseline's; above 1 it loses.</param>
internal sealed record ServerAccuracyShape(string Server, string Profile, double Points, double Wql, double BaselineWql, double AgainstBaseline);

/// <summary>Where the baseline answers in the network's place, because the network has lost on what has happened since.</summary>
/// <param name="Metrics">How many metrics of servers.</param>
/// <param name="Servers">Which, by server; 100 servers at most.</param>
internal sealed record BaselineAnswersShape(int Metrics, IReadOnlyList<GuardedServerShape> Servers);

/// <summary>A server.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Metrics">The metrics' names.</param>
internal sealed record GuardedServerShape(string Server, IReadOnlyList<string> Metrics);

/// <summary>What was forecast of a metric, and what happened.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="StepSeconds">Length of a step, seconds.</param>
/// <param name="Forecasts">By time made and steps ahead.</param>
internal sealed record PastForecastsAnswer(string Server, string Metric, int StepSeconds, IReadOnlyList<PastForecastShape> Forecasts);

/// <summary>One step of a kept forecast.</summary>
/// <param name="FirstStep">When the forecast's first step began, UTC: it was made in the step before.</param>
/// <param name="Steps">How many steps ahead this one is.</param>
/// <param name="Time">When the step that was forecast begins, UTC.</param>
/// <param name="P10">10 % quantile, in the metric's unit.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90 % quantile.</param>
/// <param name="Source">tft or baseline.</param>
/// <param name="Happened">What was measured; null where nothing was, or not yet.</param>
internal sealed record PastForecastShape(DateTimeOffset FirstStep, int Steps, DateTimeOffset Time, float P10, float P50, float P90, string Source, float? Happened);
