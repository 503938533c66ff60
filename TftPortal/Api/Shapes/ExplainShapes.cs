namespace TftPortal.Api.Shapes;

/// <summary>Why a forecast is what it is. Weights and attention are the network's, shared by all metrics of the server; what a metric does to this forecast, influences and counterfactuals say.</summary>
internal sealed record ExplanationAnswer
{
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>What is explained: a metric, or cpu_used_pct for 100 − idle.</summary>
    public required string Metric { get; init; }
    /// <summary>In a sentence or two; times are UTC.</summary>
    public required string Sentence { get; init; }
    /// <summary>Who forecast, and from what.</summary>
    public required string Basis { get; init; }
    /// <summary>tft, baseline or computed.</summary>
    public required string ModelType { get; init; }
    /// <summary>Version of the model, or of the baseline.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>When the forecast was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>When the first step ahead begins, UTC.</summary>
    public required DateTimeOffset FirstStep { get; init; }
    /// <summary>Length of a step, seconds.</summary>
    public required int StepSeconds { get; init; }
    /// <summary>The threshold in question; null where no rule watches the metric.</summary>
    public required ExplainedDangerShape? Danger { get; init; }
    /// <summary>What is forecast for the end of the look-ahead.</summary>
    public required ExpectedShape Expected { get; init; }
    /// <summary>What the network reads of the past, the heaviest first; empty where no network forecast it.</summary>
    public required IReadOnlyList<VariableWeightShape> PastWeights { get; init; }
    /// <summary>What it reads of what is known ahead: the same times of earlier days, and the calendar.</summary>
    public required IReadOnlyList<VariableWeightShape> FutureWeights { get; init; }
    /// <summary>Where it looks.</summary>
    public required AttentionShape Attention { get; init; }
    /// <summary>What anybody can check, of each metric that the server sends.</summary>
    public required IReadOnlyList<MetricFactShape> Facts { get; init; }
    /// <summary>What each other metric does to this forecast, told by taking it away; the most first. Empty where no network forecast it.</summary>
    public required IReadOnlyList<InfluenceShape> Influences { get; init; }
    /// <summary>The same forecast with a metric held flat: the explained one first, then the two that move it most.</summary>
    public required IReadOnlyList<CounterfactualShape> Counterfactuals { get; init; }
}

/// <summary>The threshold that is explained.</summary>
/// <param name="Severity">warning or critical.</param>
/// <param name="Threshold">In the metric's unit.</param>
/// <param name="Below">Whether low is the danger.</param>
/// <param name="LookAheadMinutes">Within how long.</param>
/// <param name="Probability">Of reaching it within that time, 0–1; 1 where it is passed now.</param>
/// <param name="Breaching">Whether it is passed now.</param>
/// <param name="At">When it is expected, UTC.</param>
internal sealed record ExplainedDangerShape(string Severity, double Threshold, bool Below, int LookAheadMinutes, double Probability, bool Breaching, DateTimeOffset At);

/// <summary>What is forecast for a moment, in the metric's unit.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="P10">The 10 % quantile.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90 % quantile.</param>
internal sealed record ExpectedShape(DateTimeOffset At, double P10, double P50, double P90);

/// <summary>How much of what the network reads is one variable.</summary>
/// <param name="Variable">A metric, or calendar.</param>
/// <param name="Share">0–1; all add up to 1.</param>
internal sealed record VariableWeightShape(string Variable, double Share);

/// <summary>Where the network looks.</summary>
/// <param name="Past">The last day by hours, its last 6 hours by quarters of an hour, oldest first.</param>
/// <param name="Ahead">The share that lies on the steps ahead; with the past's shares it adds up to 1.</param>
/// <param name="Moments">The three hours with the most.</param>
internal sealed record AttentionShape(IReadOnlyList<AttentionSpanShape> Past, double Ahead, IReadOnlyList<AttentionMomentShape> Moments);

/// <summary>Attention on a stretch of the past.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, UTC.</param>
/// <param name="Share">0–1.</param>
internal sealed record AttentionSpanShape(DateTimeOffset From, DateTimeOffset To, double Share);

/// <summary>An hour that the network looks at.</summary>
/// <param name="Words">For example "2–3 h ago".</param>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="To">Its end, UTC.</param>
/// <param name="Share">0–1.</param>
internal sealed record AttentionMomentShape(string Words, DateTimeOffset From, DateTimeOffset To, double Share);

/// <summary>What is known of a metric, in its unit.</summary>
/// <param name="Metric">Which.</param>
/// <param name="Level">The newest value of the last hour; null where there is none.</param>
/// <param name="SlopePerHour">Slope over the last 2 hours; null with fewer than 3 values.</param>
/// <param name="Since">Since when it has moved to where it is, UTC; null where it has not.</param>
/// <param name="PerHour">How fast since then; null with since.</param>
/// <param name="Yesterday">At the same time a day before; null where nothing is known.</param>
internal sealed record MetricFactShape(string Metric, double? Level, double? SlopePerHour, DateTimeOffset? Since, double? PerHour, double? Yesterday);

/// <summary>What a metric does to the forecast of another: the network forecasts again as if the server did not send it.</summary>
/// <param name="Metric">Which.</param>
/// <param name="Shift">By how much it raises the explained metric's median at the end of the look-ahead, in that metric's unit.</param>
/// <param name="Size">How far the medians of the look-ahead lie apart, on average, as a share of the 80 % range.</param>
internal sealed record InfluenceShape(string Metric, double Shift, double Size);

/// <summary>What would be forecast had a metric stayed flat: from since on each of its steps is replaced by level, the median of the 24 hours before; all else is as it was.</summary>
/// <param name="Metric">Which.</param>
/// <param name="Since">From when, UTC.</param>
/// <param name="Level">At what level, in its unit.</param>
/// <param name="Probability">Of the danger then, 0–1; null where no rule watches the explained metric.</param>
/// <param name="Expected">The explained metric then, at the end of the look-ahead.</param>
internal sealed record CounterfactualShape(string Metric, DateTimeOffset Since, double Level, double? Probability, ExpectedShape Expected);

/// <summary>What an alert was raised on, as it was.</summary>
internal sealed record EvidenceAnswer
{
    /// <summary>The alert.</summary>
    public required Guid AlertId { get; init; }
    /// <summary>raised, or escalated: as it became critical.</summary>
    public required string Moment { get; init; }
    /// <summary>The moments that were kept.</summary>
    public required IReadOnlyList<string> Moments { get; init; }
    /// <summary>The time of the picture that it is of, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>Its profile then.</summary>
    public required string Profile { get; init; }
    /// <summary>What was alerted on.</summary>
    public required string Metric { get; init; }
    /// <summary>warning or critical.</summary>
    public required string Severity { get; init; }
    /// <summary>predicted or breaching.</summary>
    public required string State { get; init; }
    /// <summary>The alert's sentence then.</summary>
    public required string Message { get; init; }
    /// <summary>Probability of the breach within the look-ahead, 0–1.</summary>
    public required double Probability { get; init; }
    /// <summary>The threshold.</summary>
    public required double Threshold { get; init; }
    /// <summary>Version of the model.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>The first step ahead, UTC: where Training -- forecast begins with the kept input.</summary>
    public required DateTimeOffset FirstStep { get; init; }
    /// <summary>Length of a step, seconds.</summary>
    public required int StepSeconds { get; init; }
    /// <summary>The rule as it held; null where it had been taken back.</summary>
    public required EvidenceRuleShape? Rule { get; init; }
    /// <summary>The metric's forecast; null where there was none.</summary>
    public required EvidenceForecastShape? Forecast { get; init; }
    /// <summary>Why; null where it could not be told.</summary>
    public required ExplanationAnswer? Explanation { get; init; }
    /// <summary>Why there is no explanation; null where there is one.</summary>
    public required string? Fault { get; init; }
}

/// <summary>A rule as it held for an alert.</summary>
/// <param name="Names">What the rules are called that say so, the one that decides first.</param>
/// <param name="Warning">From where on it is a warning.</param>
/// <param name="Critical">From where on it is critical.</param>
/// <param name="Below">Whether low is the danger.</param>
/// <param name="MinimumDeviation">How far beyond the median of its week it must be; 0 where that does not matter.</param>
/// <param name="LookAheadMinutes">How far ahead it looks.</param>
/// <param name="RaiseProbability">From which probability on it is raised.</param>
/// <param name="ClearProbability">Below which it may clear.</param>
internal sealed record EvidenceRuleShape(
    IReadOnlyList<string> Names, double Warning, double Critical, bool Below, double MinimumDeviation, int LookAheadMinutes, double RaiseProbability, double ClearProbability);

/// <summary>A kept forecast, one value a step, in the metric's unit.</summary>
/// <param name="Metric">Which; of cpu_used_pct it is cpu_idle_pct.</param>
/// <param name="ModelType">tft, baseline or computed.</param>
/// <param name="Quantiles">By the quantile: p02, p10, p25, p50, p75, p90, p98.</param>
internal sealed record EvidenceForecastShape(string Metric, string ModelType, IReadOnlyDictionary<string, IReadOnlyList<float>> Quantiles);
