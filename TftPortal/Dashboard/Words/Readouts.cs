using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>What the fleet table reads off a server.</summary>
public static class Readouts
{
    /// <summary>What the engine calls 100 − idle.</summary>
    public const string CpuUsedMeasure = "cpu_used_pct";

    /// <summary>CPU in use, percent: 100 − idle, or user + system where idle is not sent; NaN where neither is.</summary>
    public static float CpuUsed(ServerSnapshot server)
    {
        var idle = server.Latest[(int)Metric.CpuIdlePercent];
        if (!float.IsNaN(idle)) return 100 - idle;
        var user = server.Latest[(int)Metric.CpuUserPercent];
        var system = server.Latest[(int)Metric.CpuSysPercent];
        return Math.Min(100, user + system);
    }

    /// <summary>The newest value of a metric; NaN where it was never sent.</summary>
    public static float Latest(ServerSnapshot server, Metric metric) => server.Latest[(int)metric];

    /// <summary>The newest value of what a risk or an alert is about; NaN where it was never sent.</summary>
    public static float Latest(ServerSnapshot server, string measure) =>
        measure == CpuUsedMeasure ? CpuUsed(server) : MetricCatalog.TryFind(measure, out var metric) ? Latest(server, metric.Metric) : float.NaN;

    /// <summary>How long a server may be silent before it greys: two steps.</summary>
    public static TimeSpan StaleAfter(StepGrid grid) => 2 * grid.Length;

    /// <summary>Whether nothing was heard of the server for more than two steps.</summary>
    public static bool IsStale(ServerSnapshot server, FleetOutlook outlook) => outlook.Time - server.LastSeen > StaleAfter(outlook.Grid);
}
