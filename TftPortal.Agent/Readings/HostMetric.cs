using System.Collections.Immutable;

namespace TftPortal.Agent.Readings;

/// <summary>The 14 metrics that the feed knows; CONTRACT.md has their meaning.</summary>
public enum HostMetric
{
    /// <summary>CPU time in user mode, nice included, percent of all cores, 0–100.</summary>
    CpuUser,
    /// <summary>CPU time in the kernel, interrupts included and stolen time not, percent of all cores, 0–100.</summary>
    CpuSys,
    /// <summary>CPU time waiting for I/O, percent of all cores, 0–100.</summary>
    CpuIowait,
    /// <summary>CPU idle time, percent of all cores, 0–100.</summary>
    CpuIdle,
    /// <summary>CPU of the java processes together, percent of one core: passes 100 on several cores.</summary>
    JavaCpu,
    /// <summary>Memory that is not available to a new process, percent, 0–100.</summary>
    MemUsed,
    /// <summary>Swap in use, percent, 0–100.</summary>
    SwapUsed,
    /// <summary>Space in use on the fullest local file system, percent, 0–100.</summary>
    DiskUsage,
    /// <summary>Network received, megabytes (1,000,000 bytes) a second.</summary>
    NetIn,
    /// <summary>Network sent, megabytes (1,000,000 bytes) a second.</summary>
    NetOut,
    /// <summary>Connections in CLOSE_WAIT that this host opened, count.</summary>
    BackCloseWait,
    /// <summary>Connections in CLOSE_WAIT that came in on a listening port, count.</summary>
    FrontCloseWait,
    /// <summary>Runnable processes, one-minute average.</summary>
    LoadAverage,
    /// <summary>Days since boot.</summary>
    UptimeDays,
}

/// <summary>The names of the metrics on the wire.</summary>
public static class HostMetrics
{
    /// <summary>How many metrics there are: 14.</summary>
    public const int Count = 14;

    /// <summary>Names of <see cref="HostMetric"/> on the wire, indexed by it.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "cpu_user_pct", "cpu_sys_pct", "cpu_iowait_pct", "cpu_idle_pct", "java_cpu_pct", "mem_used_pct", "swap_used_pct",
        "disk_usage_pct", "net_in_mb_s", "net_out_mb_s", "back_close_wait", "front_close_wait", "load_average", "uptime_days",
    ];

    /// <summary>The metric's name on the wire.</summary>
    public static string WireName(this HostMetric metric) => Names[(int)metric];

    internal static bool IsPercentage(this HostMetric metric) =>
        metric is HostMetric.CpuUser or HostMetric.CpuSys or HostMetric.CpuIowait or HostMetric.CpuIdle
            or HostMetric.MemUsed or HostMetric.SwapUsed or HostMetric.DiskUsage;

    internal static bool IsCount(this HostMetric metric) => metric is HostMetric.BackCloseWait or HostMetric.FrontCloseWait;
}
