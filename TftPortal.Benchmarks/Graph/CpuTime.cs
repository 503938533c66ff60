namespace TftPortal.Benchmarks.Graph;

/// <summary>CPU time of work on one thread: on a machine that others use too, the time of day tells how often it was interrupted.</summary>
internal static class CpuTime
{
    /// <summary>What this process spent while the work was done; nothing else of it may be under way.</summary>
    public static TimeSpan Of(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - before;
    }
}
