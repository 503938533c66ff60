using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>
/// Why a server's forecast of one metric is what it is, in numbers and in a sentence. Weights and attention are the network's own and are shared by all metrics of a server, for one network forecasts them all;
/// they tell what it reads, and not what that does to a forecast (docs/decisions/explanations.md has how little the one says of the other). What a metric does to this one's forecast <see cref="Influences"/> and <see cref="Counterfactuals"/> tell, which are forecasts themselves.
/// </summary>
public sealed record Explanation
{
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>What is explained: a metric's wire name, or <c>cpu_used_pct</c> for 100 − idle.</summary>
    public required string Metric { get; init; }
    /// <summary>Who forecast the metric.</summary>
    public required ForecastSource Source { get; init; }
    /// <summary>Version of the model that forecast the server, or of the baseline.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>When the forecast was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>When the first step ahead begins.</summary>
    public required DateTimeOffset FirstStep { get; init; }
    /// <summary>Length of a step, seconds.</summary>
    public required int StepSeconds { get; init; }
    /// <summary>The threshold in question and how probable it is; null where no rule watches the metric.</summary>
    public required ExplainedDanger? Danger { get; init; }
    /// <summary>What is forecast for the end of the look-ahead.</summary>
    public required ExpectedLevel Expected { get; init; }
    /// <summary>What the network reads of the past, the heaviest first; the weights add up to 1. Empty where no network forecast it, or where its file does not tell.</summary>
    public required ImmutableArray<VariableWeight> Past { get; init; }
    /// <summary>What it reads of what is known ahead: each metric at the same time of earlier days, and the calendar. Likewise.</summary>
    public required ImmutableArray<VariableWeight> Future { get; init; }
    /// <summary>Where in the last day the network looks, oldest first: hours, then quarters of an hour. The shares and <see cref="AttentionAhead"/> add up to 1. Empty as <see cref="Past"/>.</summary>
    public required ImmutableArray<AttentionSpan> Attention { get; init; }
    /// <summary>The share of attention that lies on the steps ahead, which carry the same times of earlier days; 0–1.</summary>
    public required double AttentionAhead { get; init; }
    /// <summary>The three hours of the last day that it looks at most.</summary>
    public required ImmutableArray<AttentionMoment> Moments { get; init; }
    /// <summary>What anybody can check: each metric that the server sends.</summary>
    public required ImmutableArray<MetricFact> Facts { get; init; }
    /// <summary>What each other metric does to this forecast, told by taking it away; the most first. Empty where no network forecast it.</summary>
    public required ImmutableArray<Influence> Influences { get; init; }
    /// <summary>The same forecast with a metric held flat: the explained one first, then the two that move it most.</summary>
    public required ImmutableArray<Counterfactual> Counterfactuals { get; init; }
    /// <summary>Who forecast, and from what.</summary>
    public required string Basis { get; init; }
    /// <summary>All of it in a sentence or two; times are UTC.</summary>
    public required string Sentence { get; init; }
}

/// <summary>The threshold that is explained.</summary>
/// <param name="Severity">How bad it would be.</param>
/// <param name="Threshold">In the metric's unit.</param>
/// <param name="IsBelow">Whether low is the danger.</param>
/// <param name="LookAheadMinutes">Within how long.</param>
/// <param name="Probability">Of reaching it within that time, 0–1; 1 where it is passed now.</param>
/// <param name="IsBreaching">Whether it is passed now.</param>
/// <param name="At">When it is expected; the start of the look-ahead where it is passed now.</param>
public sealed record ExplainedDanger(AlertSeverity Severity, double Threshold, bool IsBelow, int LookAheadMinutes, double Probability, bool IsBreaching, DateTimeOffset At);

/// <summary>What is forecast for a moment, in the metric's unit.</summary>
/// <param name="At">The moment: the beginning of the step.</param>
/// <param name="P10">The 10 % quantile.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90 % quantile.</param>
public sealed record ExpectedLevel(DateTimeOffset At, double P10, double P50, double P90);

/// <summary>How much of what the network reads is one variable.</summary>
/// <param name="Variable">A metric's wire name, or <see cref="Calendar"/>.</param>
/// <param name="Share">0–1, the mean over the steps read.</param>
public sealed record VariableWeight(string Variable, double Share)
{
    /// <summary>Time of day and weekend.</summary>
    public const string Calendar = "calendar";
}

/// <summary>How much of the network's attention lies on a stretch of the past.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Share">0–1, the mean over the horizon and the heads.</param>
public sealed record AttentionSpan(DateTimeOffset From, DateTimeOffset To, double Share);

/// <summary>An hour that the network looks at.</summary>
/// <param name="Words">For example "2–3 h ago" or "yesterday at this hour".</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Share">0–1.</param>
public sealed record AttentionMoment(string Words, DateTimeOffset From, DateTimeOffset To, double Share);

/// <summary>What is known of a metric.</summary>
/// <param name="Metric">Its wire name.</param>
/// <param name="Level">The newest value of the last hour, in its unit; null where there is none.</param>
/// <param name="SlopePerHour">Least-squares slope over the last 2 hours, units an hour; null with fewer than 3 values.</param>
/// <param name="Since">Since when it has moved to where it is; null where it has not moved: less than 3 times its usual change from step to step, less than a point or 2 %, or back again.</param>
/// <param name="PerHour">How fast since then, units an hour; negative where it falls. Null with <paramref name="Since"/>.</param>
/// <param name="Yesterday">The mean of 3 steps around the same time a day before; null where there is none.</param>
public sealed record MetricFact(string Metric, double? Level, double? SlopePerHour, DateTimeOffset? Since, double? PerHour, double? Yesterday);

/// <summary>What a metric does to the forecast of another: its whole week is taken away, as if the server did not send it, and the network forecasts again.</summary>
/// <param name="Metric">Wire name of the metric that is taken away.</param>
/// <param name="Shift">By how much it raises the explained metric's median at the end of the look-ahead, in that metric's unit: the forecast as it is less the one without.</param>
/// <param name="Size">How far the medians of the look-ahead lie apart, on average, as a share of the 80 % range; 0 or more.</param>
public sealed record Influence(string Metric, double Shift, double Size);

/// <summary>
/// What would be forecast had a metric stayed flat. From where it began to move (<paramref name="Since"/>; where it has not moved, from 2 hours ago) up to now, each of its observed steps is replaced by one level:
/// the median of what was observed within the 24 hours before, or the level where it began to move where that is less than an hour. Everything else is as it was, and encoder, network and risk score are the real ones.
/// </summary>
/// <param name="Metric">Wire name of the metric that is held flat.</param>
/// <param name="Since">From when.</param>
/// <param name="Level">At what level, in its unit.</param>
/// <param name="Probability">Of the danger in question then, 0–1; null where no rule watches the explained metric.</param>
/// <param name="Expected">The explained metric then, at the end of the look-ahead.</param>
public sealed record Counterfactual(string Metric, DateTimeOffset Since, double Level, double? Probability, ExpectedLevel Expected);
