namespace TftPortal.Engine.Contract;

/// <summary>Quantiles of a sorted sample.</summary>
internal static class SortedSample
{
    /// <summary>The quantile of a level, linear between neighbours (Hyndman and Fan 1996, type 7).</summary>
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="level">0 to 1.</param>
    public static float Quantile(ReadOnlySpan<float> sorted, float level)
    {
        var position = level * (sorted.Length - 1);
        var below = (int)position;
        if (below >= sorted.Length - 1) return sorted[^1];
        return sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
