using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>The quantiles that every forecast gives: .02, .1, .25, .5, .75, .9, .98.</summary>
public static class QuantileLevels
{
    /// <summary>How many there are: 7.</summary>
    public const int Count = 7;
    /// <summary>Index of p02.</summary>
    public const int P02 = 0;
    /// <summary>Index of p10.</summary>
    public const int P10 = 1;
    /// <summary>Index of p25.</summary>
    public const int P25 = 2;
    /// <summary>Index of the median.</summary>
    public const int P50 = 3;
    /// <summary>Index of p90.</summary>
    public const int P90 = 5;
    /// <summary>Index of p98.</summary>
    public const int P98 = 6;

    /// <summary>The levels, ascending.</summary>
    public static ImmutableArray<float> All { get; } = [.02f, .1f, .25f, .5f, .75f, .9f, .98f];
}
