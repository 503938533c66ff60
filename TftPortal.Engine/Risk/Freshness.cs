using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>Whether a server's newest value still says how it is now.</summary>
internal static class Freshness
{
    /// <summary>How long a value speaks for the present: 3 steps. A single reading may be lost, or come late.</summary>
    public static TimeSpan Lasts(StepGrid grid) => 3 * grid.Length;

    /// <summary>The newest value of a gauge; NaN where there is none or it is too old.</summary>
    public static float FreshOf(this Gauge gauge, ServerSnapshot server, StepGrid grid, DateTimeOffset now) =>
        now - server.LatestAt[(int)gauge.Metric] <= Lasts(grid) ? gauge.LatestOf(server) : float.NaN;
}
