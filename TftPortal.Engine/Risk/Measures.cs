using System.Collections.Immutable;

namespace TftPortal.Engine.Risk;

/// <summary>What can have a threshold, by name.</summary>
public static class Measures
{
    /// <summary>The metrics' wire names, and <c>cpu_used_pct</c> for 100 − idle.</summary>
    public static ImmutableArray<string> All { get; } = [.. Gauge.All.Select(gauge => gauge.Name)];
}
