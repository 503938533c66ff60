using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Dashboard.Charts;

/// <summary>The values at which a metric is a danger, in its unit; null where it has none.</summary>
/// <param name="Warning">Where it becomes a warning.</param>
/// <param name="Critical">Where it becomes critical.</param>
public sealed record ChartThresholds(float? Warning, float? Critical)
{
    /// <summary>A metric that is no danger at any value.</summary>
    public static ChartThresholds None { get; } = new(null, null);

    /// <summary>What the engine judges a server's metric by. CPU idle is judged as its complement: its danger lies below.</summary>
    public static ChartThresholds Of(ThresholdOptions options, ServerProfile profile, MetricDefinition metric)
    {
        var isIdle = metric.Metric == Metric.CpuIdlePercent;
        var measure = isIdle ? Readouts.CpuUsedMeasure : metric.Name;
        var threshold = options.Profiles.GetValueOrDefault(profile.WireName())?.GetValueOrDefault(measure) ?? options.Default.GetValueOrDefault(measure);
        if (threshold is null) return None;
        return isIdle ? new(100 - threshold.Warning, 100 - threshold.Critical) : new(threshold.Warning, threshold.Critical);
    }
}
