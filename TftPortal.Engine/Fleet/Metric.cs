namespace TftPortal.Engine.Fleet;

/// <summary>The 14 metrics of a server, in the order of every array that holds one value a metric.</summary>
public enum Metric
{
    /// <summary>CPU time in user mode, percent of all cores, 0–100.</summary>
    CpuUserPercent,
    /// <summary>CPU time in the kernel, percent of all cores, 0–100.</summary>
    CpuSysPercent,
    /// <summary>CPU time waiting for I/O, percent of all cores, 0–100.</summary>
    CpuIowaitPercent,
    /// <summary>CPU idle time, percent of all cores, 0–100. High is good: everything else reasons about 100 − idle.</summary>
    CpuIdlePercent,
    /// <summary>CPU of the Java processes, percent of one core: passes 100 on several cores.</summary>
    JavaCpuPercent,
    /// <summary>Memory in use, percent, 0–100.</summary>
    MemUsedPercent,
    /// <summary>Swap in use, percent, 0–100.</summary>
    SwapUsedPercent,
    /// <summary>Disk space in use, percent, 0–100.</summary>
    DiskUsagePercent,
    /// <summary>Network received, megabytes a second.</summary>
    NetInMegabytesPerSecond,
    /// <summary>Network sent, megabytes a second.</summary>
    NetOutMegabytesPerSecond,
    /// <summary>Connections in CLOSE_WAIT towards back ends, count.</summary>
    BackCloseWait,
    /// <summary>Connections in CLOSE_WAIT from clients, count.</summary>
    FrontCloseWait,
    /// <summary>Runnable processes, one-minute average.</summary>
    LoadAverage,
    /// <summary>Days since boot.</summary>
    UptimeDays,
}
