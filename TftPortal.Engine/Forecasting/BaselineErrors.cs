using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>
/// How wrong a rule was on the series' own past, by how far ahead: the quantiles of its errors at a few horizons, between which it is linear.
/// The fewer independent errors there are, the more the metric's general spread counts.
/// </summary>
internal sealed class BaselineErrors(StepGrid grid)
{
    /// <summary>Most origins that are tried: bounds the work.</summary>
    public const int MaxOrigins = 48;

    private const int FewestErrors = 4;
    private const float GeneralSpreadWeight = 2; // as many errors as the general spread counts for

    private static readonly int[] Horizons = [1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 72, 96];

    private readonly float[] errors = new float[Horizons.Length * MaxOrigins];
    private readonly int[] counts = new int[Horizons.Length];
    private readonly float[] offsets = new float[Horizons.Length * QuantileLevels.Count];

    /// <summary>Mean of the absolute errors, over all horizons; NaN where none was taken.</summary>
    public double MeanAbsolute { get; private set; }

    /// <summary>Whether there are enough errors to judge the rule by.</summary>
    public bool AreEnough => counts[0] >= 2 * FewestErrors && counts[^1] >= FewestErrors;

    /// <summary>Asks a rule at steps of the past and notes how wrong it was.</summary>
    /// <param name="series">The series.</param>
    /// <param name="isSeasonal">Which rule: the seasonal one, or the last level.</param>
    public void Take(BaselineSeries series, bool isSeasonal)
    {
        Array.Clear(counts);
        var oldest = Math.Max(series.First, series.Last - (3 * Math.Min(series.Day, BaselineSeries.Lookback)));
        if (isSeasonal) oldest = Math.Max(oldest, series.First + series.Day);
        // An odd stride, so that the origins fall on different times of the hour.
        var stride = Math.Max(1, (series.Last - oldest) / MaxOrigins) | 1;
        double sum = 0;
        var taken = 0;
        var origins = 0;
        for (var origin = series.Last - 1; origin >= oldest && origins < MaxOrigins; origin -= stride)
        {
            if (float.IsNaN(series[origin])) continue;
            origins++;
            var start = isSeasonal ? series.OffsetAt(origin) : series.LevelAt(origin);
            for (var index = 0; index < Horizons.Length && origin + Horizons[index] <= series.Last; index++)
            {
                var expected = isSeasonal ? series.Seasonal(origin, start, Horizons[index]) : start;
                var error = series[origin + Horizons[index]] - expected;
                if (float.IsNaN(error)) continue;
                errors[(index * MaxOrigins) + counts[index]++] = error;
                sum += Math.Abs(error);
                taken++;
            }
        }

        MeanAbsolute = sum / taken;
    }

    /// <summary>Turns the errors into quantiles by horizon.</summary>
    /// <param name="series">The series that they were taken from.</param>
    /// <param name="metric">Which metric.</param>
    /// <param name="level">Its last level.</param>
    public void Weigh(BaselineSeries series, Metric metric, float level)
    {
        Span<float> empirical = stackalloc float[QuantileLevels.Count];
        float independent = 0;
        for (var index = 0; index < Horizons.Length; index++)
        {
            var horizon = Horizons[index];
            var sorted = errors.AsSpan(index * MaxOrigins, counts[index]);
            if (sorted.Length >= FewestErrors)
            {
                sorted.Sort();
                for (var quantile = 0; quantile < QuantileLevels.Count; quantile++) empirical[quantile] = QuantileOf(sorted, QuantileLevels.All[quantile]);
                independent = Math.Min(sorted.Length, 1 + ((series.Last - series.First) / (float)horizon)); // overlapping spans tell little new
            }
            else if (index > 0)
            {
                Widen(empirical, horizon / (float)Horizons[index - 1]);
                independent *= Horizons[index - 1] / (float)horizon;
            }

            var share = independent / (independent + GeneralSpreadWeight);
            var hours = horizon * grid.StepSeconds / 3600.0;
            for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
            {
                offsets[(index * QuantileLevels.Count) + quantile] =
                    (share * empirical[quantile]) + ((1 - share) * BaselineSpread.Of(metric, level, quantile, hours));
            }
        }
    }

    /// <summary>How far a quantile lies from what the rule says, a number of steps ahead.</summary>
    public float Offset(int quantile, int ahead)
    {
        var above = Array.BinarySearch(Horizons, ahead);
        if (above >= 0) return At(above, quantile);
        above = ~above;
        if (above == Horizons.Length) return At(above - 1, quantile) * MathF.Sqrt(ahead / (float)Horizons[^1]);
        var share = (ahead - Horizons[above - 1]) / (float)(Horizons[above] - Horizons[above - 1]);
        return At(above - 1, quantile) + (share * (At(above, quantile) - At(above - 1, quantile)));
    }

    private float At(int index, int quantile) => offsets[(index * QuantileLevels.Count) + quantile];

    private static void Widen(Span<float> quantiles, float times)
    {
        var middle = quantiles[QuantileLevels.P50];
        foreach (ref var quantile in quantiles) quantile = middle + ((quantile - middle) * MathF.Sqrt(times));
    }

    private static float QuantileOf(ReadOnlySpan<float> sorted, float level)
    {
        var position = Math.Clamp((level * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
