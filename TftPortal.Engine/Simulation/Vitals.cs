using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>A server's state in one step, before it is settled into the 14 metrics that it reports.</summary>
internal record struct Vitals
{
    /// <summary>What is asked of the CPU, percent of all cores: together it may be more than there is.</summary>
    public double User { get; set; }
    public double Sys { get; set; }
    public double Iowait { get; set; }
    public double Steal { get; set; }

    /// <summary>Java's part of <see cref="User"/>, a share; and what its collector takes, percent of one core.</summary>
    public double JavaShare { get; set; }
    public double CollectorCpu { get; set; }
    public double Mem { get; set; }
    public double Swap { get; set; }
    public double Disk { get; set; }
    public double NetIn { get; set; }
    public double NetOut { get; set; }
    public double BackCloseWait { get; set; }
    public double FrontCloseWait { get; set; }

    /// <summary>A factor on the load average around 1.</summary>
    public double LoadNoise { get; set; }
    public double UptimeDays { get; set; }

    /// <summary>Turns demand into what there is: CPU adds up to 100 at most, and what does not fit waits in the load average.</summary>
    public readonly void Settle(int cores, Span<float> values)
    {
        double user = Math.Max(.01, User), sys = Math.Max(.01, Sys), iowait = Math.Max(0, Iowait), steal = Math.Max(0, Steal);
        var wanted = user + sys + iowait + steal;
        var most = 99.97 - (.4 / (1 + Math.Max(0, wanted - 100))); // three roundings short of 100
        var fits = wanted > most ? most / wanted : 1;
        (user, sys, iowait, steal) = (user * fits, sys * fits, iowait * fits, steal * fits);
        var running = (user + sys + (1.15 * iowait)) / 100;
        // Waiting in line grows as the machine fills up, and with everything asked beyond it.
        var queue = (.25 * running * running * running) + (Math.Max(0, wanted - 100) / 60);
        Put(values, Metric.CpuUserPercent, user, 2);
        Put(values, Metric.CpuSysPercent, sys, 2);
        Put(values, Metric.CpuIowaitPercent, iowait, 2);
        Put(values, Metric.CpuIdlePercent, Math.Floor(Math.Max(0, 100 - user - sys - iowait - steal - .02) * 100) / 100, 2);
        Put(values, Metric.JavaCpuPercent, Math.Min(((user * JavaShare * cores) + CollectorCpu) * fits, (user + sys) * cores), 1);
        Put(values, Metric.MemUsedPercent, Mem, 2);
        Put(values, Metric.SwapUsedPercent, Swap, 2);
        Put(values, Metric.DiskUsagePercent, Disk, 2);
        Put(values, Metric.NetInMegabytesPerSecond, NetIn, 4);
        Put(values, Metric.NetOutMegabytesPerSecond, NetOut, 4);
        Put(values, Metric.BackCloseWait, BackCloseWait, 0);
        Put(values, Metric.FrontCloseWait, FrontCloseWait, 0);
        Put(values, Metric.LoadAverage, cores * (running + queue) * LoadNoise, 2);
        Put(values, Metric.UptimeDays, UptimeDays, 4);
    }

    private static void Put(Span<float> values, Metric metric, double value, int digits) =>
        values[(int)metric] = MetricCatalog.Of(metric).Clamp((float)Math.Round(value, digits));
}
