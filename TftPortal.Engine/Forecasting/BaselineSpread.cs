using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>How far a metric moves as a rule, for servers of which too little is known to say it from their own past.</summary>
internal static class BaselineSpread
{
    /// <summary>Standard normal quantiles at <see cref="QuantileLevels"/>.</summary>
    private static ReadOnlySpan<float> Normal => [-2.054f, -1.282f, -0.674f, 0, 0.674f, 1.282f, 2.054f];

    /// <summary>How far a quantile lies from the last value after a time: it grows with the square root of time.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="level">The last value.</param>
    /// <param name="quantile">Index into <see cref="QuantileLevels.All"/>.</param>
    /// <param name="hours">How long after the last value.</param>
    public static float Of(Metric metric, float level, int quantile, double hours) =>
        Normal[quantile] * (float)(DeviationAfterAnHour(metric, level) * Math.Sqrt(hours));

    /// <summary>Standard deviation of the change within an hour. Round numbers, a little wider than what the public traces of 90 virtual machines show.</summary>
    private static double DeviationAfterAnHour(Metric metric, float level) => metric switch
    {
        Metric.CpuUserPercent or Metric.CpuIdlePercent => 6,
        Metric.CpuSysPercent or Metric.CpuIowaitPercent or Metric.MemUsedPercent => 3,
        Metric.SwapUsedPercent => 2,
        Metric.DiskUsagePercent => 0.5,
        Metric.JavaCpuPercent => 5 + (0.3 * level),
        Metric.LoadAverage => 0.2 + (0.3 * level),
        Metric.BackCloseWait or Metric.FrontCloseWait => 1 + (0.5 * level),
        _ => 0.1 + (0.5 * level),
    };
}
