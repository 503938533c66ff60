using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>How probable it is that a gauge reaches its thresholds, 0–1: soon (30 minutes), and later (the whole horizon).</summary>
internal readonly record struct GaugeOutlook(double WarningSoon, double WarningLater, double CriticalSoon, double CriticalLater)
{
    /// <summary>The outlook as a score, 0–95: a certain critical value within 30 minutes is critical, one within the horizon a warning.</summary>
    public double Severity => Math.Max(Math.Max(95 * CriticalSoon, 75 * CriticalLater), Math.Max(65 * WarningSoon, 50 * WarningLater));

    /// <summary>The outlook of a forecast.</summary>
    public static GaugeOutlook Of(Watch watch, MetricForecast forecast, int soon) => new(
        watch.Gauge.ProbabilityWithin(forecast, watch.Threshold.Warning, soon),
        watch.Gauge.ProbabilityWithin(forecast, watch.Threshold.Warning, forecast.Steps),
        watch.Gauge.ProbabilityWithin(forecast, watch.Threshold.Critical, soon),
        watch.Gauge.ProbabilityWithin(forecast, watch.Threshold.Critical, forecast.Steps));
}
