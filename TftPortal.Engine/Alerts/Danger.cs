using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>One gauge of one server against one of its thresholds, at a moment.</summary>
/// <param name="Severity">Which threshold.</param>
/// <param name="Threshold">The threshold, in the gauge's unit.</param>
/// <param name="Present">The newest value if it is fresh, else NaN.</param>
/// <param name="Probability">Probability of reaching the threshold within the look-ahead, 0–1; 1 while it is breached.</param>
internal readonly record struct Danger(AlertSeverity Severity, float Threshold, float Present, double Probability)
{
    /// <summary>Whether the fresh value is at or above the threshold.</summary>
    public bool IsBreaching => Present >= Threshold;

    /// <summary>Measures a danger.</summary>
    /// <param name="watch">The gauge and its thresholds.</param>
    /// <param name="severity">Which of the two.</param>
    /// <param name="present">The newest value if it is fresh, else NaN.</param>
    /// <param name="forecast">The forecast of the gauge's metric, or null.</param>
    /// <param name="steps">How many steps ahead count.</param>
    public static Danger Of(Watch watch, AlertSeverity severity, float present, MetricForecast? forecast, int steps)
    {
        var threshold = severity == AlertSeverity.Critical ? watch.Threshold.Critical : watch.Threshold.Warning;
        var probability = present >= threshold ? 1 : forecast is null ? 0 : watch.Gauge.ProbabilityWithin(forecast, threshold, steps);
        return new(severity, threshold, present, probability);
    }
}
