using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>When and how high a forecast comes to a threshold: by its median if that reaches it, else by p90; where neither does, p90 at its highest.</summary>
/// <param name="Step">0 is the first step ahead: where the quantile first reaches the threshold, or is highest.</param>
/// <param name="Quantile">Index into <see cref="QuantileLevels.All"/>.</param>
/// <param name="Value">The quantile at its highest.</param>
internal readonly record struct Breach(int Step, int Quantile, float Value)
{
    /// <summary>Looks for a breach in the first steps of a forecast.</summary>
    public static Breach Of(Gauge gauge, MetricForecast forecast, float threshold, int steps)
    {
        var (reached, median) = Highest(gauge, forecast, threshold, QuantileLevels.P50, steps);
        return reached ? median : Highest(gauge, forecast, threshold, QuantileLevels.P90, steps).Breach;
    }

    private static (bool Reached, Breach Breach) Highest(Gauge gauge, MetricForecast forecast, float threshold, int quantile, int steps)
    {
        int first = -1, top = 0;
        var highest = float.NegativeInfinity;
        for (var step = 0; step < steps && step < forecast.Steps; step++)
        {
            var value = gauge.At(forecast, quantile, step);
            if (first < 0 && gauge.IsReached(value, threshold)) first = step;
            if (value > highest) (highest, top) = (value, step);
        }

        return (first >= 0, new(first >= 0 ? first : top, quantile, highest));
    }
}
