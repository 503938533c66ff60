using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>The whole window at a moment: what a forecast cycle works from while the window goes on.</summary>
/// <param name="Time">The moment.</param>
/// <param name="Grid">The time grid.</param>
/// <param name="Servers">The servers, by name.</param>
/// <param name="Counts">How many of what it holds.</param>
internal sealed record WindowSnapshot(DateTimeOffset Time, StepGrid Grid, ImmutableArray<ServerSnapshot> Servers, WindowCounts Counts)
{
    /// <summary>The first step that lies wholly ahead: the one after the step that runs now.</summary>
    public long FirstStep => Grid.StepOf(Time) + 1;
}
