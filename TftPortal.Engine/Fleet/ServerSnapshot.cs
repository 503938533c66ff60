using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>One server as the window knew it at a moment.</summary>
public sealed record ServerSnapshot
{
    /// <summary>Name, unique in the fleet.</summary>
    public required string Name { get; init; }
    /// <summary>What the server is for.</summary>
    public required ServerProfile Profile { get; init; }
    /// <summary>What it last reported of itself.</summary>
    public required ServerStatus Status { get; init; }
    /// <summary>Whether its readings come from a simulation.</summary>
    public required bool IsSimulated { get; init; }
    /// <summary>Whether any reading of it was not simulated.</summary>
    public bool HasReal { get; init; }
    /// <summary>When its newest reading was taken.</summary>
    public required DateTimeOffset LastSeen { get; init; }
    /// <summary>Newest value of each metric, indexed by <see cref="Metric"/>; NaN where never seen.</summary>
    public required ImmutableArray<float> Latest { get; init; }
    /// <summary>When the newest value of each metric was taken, indexed by <see cref="Metric"/>; <see cref="DateTimeOffset.MinValue"/> where never seen.</summary>
    public required ImmutableArray<DateTimeOffset> LatestAt { get; init; }
    /// <summary>Its past, step by step.</summary>
    public required ServerHistory History { get; init; }
    /// <summary>How many readings of it the window holds.</summary>
    public required int Records { get; init; }
    /// <summary>Grows with every reading applied, so that an unchanged server can be told.</summary>
    public required long Revision { get; init; }
}
