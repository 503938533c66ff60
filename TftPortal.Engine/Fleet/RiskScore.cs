using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>How near a server is to an incident, coarse.</summary>
public enum RiskLevel { Healthy, Degrading, Warning, Critical }

/// <summary>The most pressing thing that a server's forecasts say.</summary>
/// <param name="Metric">Which metric.</param>
/// <param name="Value">The value it is expected to reach, in the metric's unit (p50 where it breaches, else p90).</param>
/// <param name="Threshold">The threshold it is measured against.</param>
/// <param name="At">When: the start of the step.</param>
/// <param name="Probability">Probability of reaching the threshold within the horizon, 0–1.</param>
public sealed record WorstForecast(Metric Metric, float Value, float Threshold, DateTimeOffset At, double Probability)
{
    /// <summary>What <see cref="Value"/> and <see cref="Threshold"/> are of: the metric's wire name, or <c>cpu_used_pct</c>, which is 100 − <see cref="Fleet.Metric.CpuIdlePercent"/>.</summary>
    public string Measure { get; init; } = MetricCatalog.Of(Metric).Name;

    /// <summary>Whether <see cref="Threshold"/> is the critical one.</summary>
    public bool IsCritical { get; init; }
}

/// <summary>A server's risk.</summary>
/// <param name="Value">0 (nothing to see) to 100 (act now).</param>
/// <param name="Level">The value in words.</param>
/// <param name="ProbabilityIn30Minutes">Probability that a metric reaches a critical threshold within 30 minutes, 0–1: that of the metric that is most likely to. Metrics of a server rise together, so their probabilities don't add up.</param>
/// <param name="ProbabilityIn8Hours">The same within the horizon, 0–1.</param>
/// <param name="Worst">The most pressing forecast; null where no metric has a threshold.</param>
public sealed record RiskScore(double Value, RiskLevel Level, double ProbabilityIn30Minutes, double ProbabilityIn8Hours, WorstForecast? Worst)
{
    /// <summary>From which probability on a breach counts as foreseen: .3, from which an alert on a burst is raised.</summary>
    public const double ForeseenFrom = 0.3;

    /// <summary>What is foreseen within the horizon and not there yet: every threshold that is reached with <see cref="ForeseenFrom"/> or more, one a measure, the soonest first.</summary>
    public ImmutableArray<WorstForecast> Foreseen { get => field.IsDefault ? [] : field; init; }

    /// <summary>No forecast yet.</summary>
    public static RiskScore None { get; } = new(0, RiskLevel.Healthy, 0, 0, null);
}
