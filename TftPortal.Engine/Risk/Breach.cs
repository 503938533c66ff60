using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>When and how high a forecast comes to a threshold: by its median if that reaches it, else by p90; where neither does, p90 at its highest.</summary>
/// <param name="Step">0 is the first step ahead: where the quantile first reaches the threshold, or is highest.</param>
/// <param name="Quantile">Index into <see cref="QuantileLevels.All"/>.</param>
/// <param name="Value">The quantile at its highest.</param>
/// <param name="From">The earliest step that must be reckoned with: where p90 first reaches the threshold; at most <paramref name="Step"/>.</param>
/// <param name="Until">The latest, if it comes: where p25 first reaches it, else the last step; at least <paramref name="Step"/>.</param>
internal readonly record struct Breach(int Step, int Quantile, float Value, int From, int Until)
{
    /// <summary>Looks for a breach in the first steps of a forecast.</summary>
    public static Breach Of(Gauge gauge, MetricForecast forecast, float threshold, int steps)
    {
        var last = Math.Min(steps, forecast.Steps) - 1;
        var high = Highest(gauge, forecast, threshold, QuantileLevels.P90, last);
        var median = Highest(gauge, forecast, threshold, QuantileLevels.P50, last);
        var (quantile, chosen) = median.First is null ? (QuantileLevels.P90, high) : (QuantileLevels.P50, median);
        var step = chosen.First ?? chosen.Top;
        var until = Highest(gauge, forecast, threshold, QuantileLevels.P25, last).First ?? last;
        return new(step, quantile, chosen.Highest, Math.Min(step, high.First ?? step), Math.Max(step, until));
    }

    private static (int? First, int Top, float Highest) Highest(Gauge gauge, MetricForecast forecast, float threshold, int quantile, int last)
    {
        int? first = null;
        var top = 0;
        var highest = float.NegativeInfinity;
        for (var step = 0; step <= last; step++)
        {
            var value = gauge.At(forecast, quantile, step);
            if (first is null && gauge.IsReached(value, threshold)) first = step;
            if (value > highest) (highest, top) = (value, step);
        }

        return (first, top, highest);
    }
}
