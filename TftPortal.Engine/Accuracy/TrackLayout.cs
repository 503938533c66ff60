using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>
/// What is kept of a server's forecasts, and where in its array of <see cref="MetricCodec"/> codes: a thinned set of rings, one a horizon, each entry p10, p50 and p90 of the metrics.
/// 4,576 bytes a server; with scores and bookkeeping some 5.4 KB: 54 MB for 10,000 servers.
/// </summary>
internal static class TrackLayout
{
    /// <summary>Steps from one kept forecast of a server to the next: 25, two hours and five minutes. Odd against the hour and the day, so that each server is scored at every minute of the hour in turn.</summary>
    public const int Period = 25;
    /// <summary>Metrics that are scored: all but uptime, which is the last and is computed.</summary>
    public const int Metrics = MetricCatalog.Count - 1;
    /// <summary>Quantiles that are kept: p10, p50, p90, those of the WQL.</summary>
    public const int Quantiles = 3;
    /// <summary>How many horizons are scored.</summary>
    public const int HorizonCount = 5;
    /// <summary>Kept forecasts whose time is remembered; no ring is longer.</summary>
    public const int Origins = 16;
    /// <summary>Steps after its end until a step is scored: a reading may come late.</summary>
    public const int Grace = 2;
    /// <summary>Kept forecasts that can wait for their last step at once.</summary>
    public const int MostPending = 4;

    private const int Entry = Metrics * Quantiles;
    // Pending: (horizon + grace + 1) / Period, rounded up. Past: a day of what may be drawn, of an hour ahead, four hours and eight.
    private static readonly int[] Ahead = [1, 3, InputShape.Hour, InputShape.Horizon / 2, InputShape.Horizon];
    private static readonly int[] PendingRing = [1, 1, 1, 3, MostPending];
    private static readonly int[] NetworkRing = [1, 1, 13, 15, Origins];
    private static readonly int[] NetworkStart = Starts(NetworkRing, 0);
    private static readonly int[] BaselineStart = Starts(PendingRing, NetworkStart[HorizonCount]);
    private static readonly int LastStart = BaselineStart[HorizonCount];
    private static readonly int ScaleStart = LastStart + (MostPending * Metrics);

    /// <summary>Codes of a server.</summary>
    public static int Length { get; } = ScaleStart + (MostPending * Metrics);

    /// <summary>Steps ahead that are scored: 1, 3, 12, 48, 96.</summary>
    public static ReadOnlySpan<int> Horizons => Ahead;

    /// <summary>The levels of the quantiles that are kept.</summary>
    public static ReadOnlySpan<float> Levels => [.1f, .5f, .9f];

    /// <summary>Their indices in a forecast.</summary>
    public static ReadOnlySpan<int> Indices => [QuantileLevels.P10, QuantileLevels.P50, QuantileLevels.P90];

    /// <summary>How many of a horizon may wait for their step.</summary>
    public static int Pending(int horizon) => PendingRing[horizon];

    /// <summary>How many of a horizon are kept in all.</summary>
    public static int Kept(int horizon) => NetworkRing[horizon];

    /// <summary>Where the network's quantiles of a kept forecast begin.</summary>
    public static int Network(int horizon, long origin, int metric) => NetworkStart[horizon] + ((int)(origin % NetworkRing[horizon]) * Entry) + (metric * Quantiles);

    /// <summary>Where the baseline's begin.</summary>
    public static int Baseline(int horizon, long origin, int metric) => BaselineStart[horizon] + ((int)(origin % PendingRing[horizon]) * Entry) + (metric * Quantiles);

    /// <summary>Where the last value before it is.</summary>
    public static int Last(long origin, int metric) => LastStart + ((int)(origin % MostPending) * Metrics) + metric;

    /// <summary>Where what the MASE divides by is.</summary>
    public static int Scale(long origin, int metric) => ScaleStart + ((int)(origin % MostPending) * Metrics) + metric;

    private static int[] Starts(int[] ring, int first)
    {
        var starts = new int[ring.Length + 1];
        starts[0] = first;
        for (var index = 0; index < ring.Length; index++) starts[index + 1] = starts[index] + (ring[index] * Entry);
        return starts;
    }
}
