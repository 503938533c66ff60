using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Contract;

/// <summary>The unit in which the network sees a metric: as it is, but for idle CPU, which it sees as used CPU (100 − idle), as the public data has it.</summary>
public static class MetricUnits
{
    /// <summary>Whether the network sees 100 − value.</summary>
    public static bool IsComplement(Metric metric) => metric == Metric.CpuIdlePercent;

    /// <summary>From the metric's unit to the network's and, being its own inverse, back.</summary>
    public static float Convert(Metric metric, float value) => IsComplement(metric) ? 100 - value : value;
}
