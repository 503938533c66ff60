using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Series;

/// <summary>One server's series on the 5-minute grid.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Profile">What it is for.</param>
/// <param name="Start">When the first step begins, UTC.</param>
/// <param name="Values">One array a metric of the set, in the metric's own unit, NaN where missing; all of one length.</param>
internal sealed record ServerSeries(string Server, ServerProfile Profile, DateTimeOffset Start, float[][] Values)
{
    /// <summary>Steps.</summary>
    public int Length => Values[0].Length;
}

/// <summary>Series of servers that send the same metrics.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Metrics">The metrics.</param>
/// <param name="Servers">The servers.</param>
internal sealed record SeriesSet(string Name, Metric[] Metrics, IReadOnlyList<ServerSeries> Servers)
{
    /// <summary>Length of a step.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromMinutes(5);
}
