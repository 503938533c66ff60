using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Browser;

/// <summary>A picture with everything that a page must bear: each level of risk, a silent server, one on the baseline with a long name, many healthy ones.</summary>
internal static class ABusyFleet
{
    public static FleetOutlook At(DateTimeOffset now, long tick = 7, float memory = 82) => AnOutlook.Of(tick, now,
    [
        new AServer("ppdb0001") { Profile = ServerProfile.Database, IsSimulated = true, Risk = 91, Worst = new(Metric.MemUsedPercent, 98.3f, 98, now.AddMinutes(37), 0.88) { IsCritical = true } }.With(Metric.MemUsedPercent, memory),
        new AServer("ppweb0003") { IsSimulated = true, Risk = memory - 16, Worst = new(Metric.DiskUsagePercent, 86, 85, now.AddHours(3), 0.52) }.With(Metric.DiskUsagePercent, 81),
        new AServer("ppml0002") { Profile = ServerProfile.MlCompute, IsSimulated = true, Risk = 53, Worst = new(Metric.CpuIdlePercent, 85, 85, now.AddHours(5), 0.24) { Measure = "cpu_used_pct" } },
        new AServer(LongName) { Profile = ServerProfile.Generic, Risk = 8, Source = ForecastSource.Baseline, ObservedSteps = 4, Worst = new(Metric.MemUsedPercent, 70, 90, now.AddHours(7), 0.02), Absent = [Metric.CpuIdlePercent, Metric.JavaCpuPercent, Metric.SwapUsedPercent] },
        new AServer("ppetl0001") { Profile = ServerProfile.DataIngest, IsSimulated = true, Risk = 22, SilentFor = TimeSpan.FromMinutes(47) },
        .. Enumerable.Range(1, 7).Select(index => new AServer($"ppjob{index:0000}") { Profile = ServerProfile.RiskAnalytics, IsSimulated = true, Risk = 30 + index, Worst = new(Metric.LoadAverage, 9, 8, now.AddHours(7.7), 0.3 + (index * 0.05)) }), // the same job everywhere: more marks than there is room for
        .. Enumerable.Range(1, 53).Select(index => new AServer($"ppapi{index:0000}") { IsSimulated = true, Risk = 20 - (index * 0.2), Worst = new(Metric.LoadAverage, 4, 8, now.AddHours(6), 0.03) }),
    ]);

    /// <summary>A name that no phone has room for.</summary>
    public const string LongName = "build-host-with-a-rather-long-name-01";
}
