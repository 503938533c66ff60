using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>A gauge with its thresholds, and what else the rules say of it.</summary>
/// <param name="Gauge">What is watched.</param>
/// <param name="Threshold">From which values on it is a danger, as a person says them.</param>
internal sealed record Watch(Gauge Gauge, Threshold Threshold)
{
    /// <summary>How far beyond the median of its own week a value must be, in the metric's unit; 0 where that does not matter.</summary>
    public float MinimumDeviation { get; init; }

    /// <summary>How far ahead it looks, minutes; <c>Alerts:LookAheadMinutes</c> where null.</summary>
    public int? LookAheadMinutes { get; init; }

    /// <summary>In how many pictures one after the other the danger must show; <c>Alerts:RaiseCycles</c> where null.</summary>
    public int? Cycles { get; init; }

    /// <summary>Hours in which nothing is sent; none where null.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>The rules that this comes from, the one that decides most first.</summary>
    public ImmutableArray<SourcedRule> Sources { get; init; } = [];
}
