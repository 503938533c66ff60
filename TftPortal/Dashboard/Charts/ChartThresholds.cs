using System.Collections.Immutable;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Charts;

/// <summary>The values at which a metric is a danger, in its unit; null where it has none.</summary>
/// <param name="Warning">Where it becomes a warning.</param>
/// <param name="Critical">Where it becomes critical.</param>
public sealed record ChartThresholds(float? Warning, float? Critical)
{
    /// <summary>Whether the danger lies below them, as the chart shows it.</summary>
    public bool IsBelow { get; init; }

    /// <summary>A metric that is no danger at any value.</summary>
    public static ChartThresholds None { get; } = new(null, null);

    /// <summary>What the engine judges a server's metric by. CPU idle is judged as its complement: its danger lies below.</summary>
    /// <param name="rules">What holds for the server.</param>
    /// <param name="metric">Which metric.</param>
    public static ChartThresholds Of(ImmutableArray<AppliedRule> rules, MetricDefinition metric)
    {
        var isIdle = metric.Metric == Metric.CpuIdlePercent;
        var measure = isIdle ? Readouts.CpuUsedMeasure : metric.Name;
        if (rules.FirstOrDefault(rule => rule.Metric == measure) is not { } rule) return isIdle ? None with { IsBelow = true } : None;
        return (isIdle ? new ChartThresholds(100 - rule.Warning, 100 - rule.Critical) : new(rule.Warning, rule.Critical)) with { IsBelow = isIdle != rule.IsBelow };
    }
}
