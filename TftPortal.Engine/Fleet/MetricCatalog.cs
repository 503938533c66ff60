using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>The definitions of the 14 metrics, by metric and by name.</summary>
public static class MetricCatalog
{
    /// <summary>How many metrics there are: 14.</summary>
    public const int Count = 14;

    /// <summary>Every definition, indexed by <see cref="Metric"/>.</summary>
    public static ImmutableArray<MetricDefinition> All { get; } =
    [
        Percentage(Metric.CpuUserPercent, "cpu_user_pct", "CPU user"),
        Percentage(Metric.CpuSysPercent, "cpu_sys_pct", "CPU system"),
        Percentage(Metric.CpuIowaitPercent, "cpu_iowait_pct", "I/O wait"),
        Percentage(Metric.CpuIdlePercent, "cpu_idle_pct", "CPU idle"),
        Open(Metric.JavaCpuPercent, "java_cpu_pct", "Java CPU", "% of a core"),
        Percentage(Metric.MemUsedPercent, "mem_used_pct", "Memory"),
        Percentage(Metric.SwapUsedPercent, "swap_used_pct", "Swap"),
        Percentage(Metric.DiskUsagePercent, "disk_usage_pct", "Disk"),
        Open(Metric.NetInMegabytesPerSecond, "net_in_mb_s", "Network in", "MB/s"),
        Open(Metric.NetOutMegabytesPerSecond, "net_out_mb_s", "Network out", "MB/s"),
        Connections(Metric.BackCloseWait, "back_close_wait", "Back CLOSE_WAIT"),
        Connections(Metric.FrontCloseWait, "front_close_wait", "Front CLOSE_WAIT"),
        Open(Metric.LoadAverage, "load_average", "Load average", ""),
        new(Metric.UptimeDays, "uptime_days", "Uptime", "days", float.PositiveInfinity, IsInteger: false, KeepsLast: true),
    ];

    private static readonly FrozenDictionary<string, MetricDefinition> ByName =
        All.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>The definition of a metric.</summary>
    public static MetricDefinition Of(Metric metric) => All[(int)metric];

    /// <summary>Finds a metric by its name on the wire; case matters.</summary>
    public static bool TryFind(string name, out MetricDefinition definition) => ByName.TryGetValue(name, out definition!);

    private static MetricDefinition Percentage(Metric metric, string name, string label) =>
        new(metric, name, label, "%", 100, IsInteger: false, KeepsLast: false);

    private static MetricDefinition Open(Metric metric, string name, string label, string unit) =>
        new(metric, name, label, unit, float.PositiveInfinity, IsInteger: false, KeepsLast: false);

    private static MetricDefinition Connections(Metric metric, string name, string label) =>
        new(metric, name, label, "connections", float.PositiveInfinity, IsInteger: true, KeepsLast: true);
}
