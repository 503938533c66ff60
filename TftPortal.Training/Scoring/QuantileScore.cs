namespace TftPortal.Training.Scoring;

/// <summary>Adds up the scores of MODEL.md's protocol for one method, metric and horizon: WQL over .1, .5, .9, MASE, coverage of p10–p90.</summary>
internal sealed class QuantileScore
{
    private double pinball, size, scaled, inside;
    private long steps;

    /// <summary>Windows scored.</summary>
    public int Windows { get; private set; }
    /// <summary>Mean over the levels of 2·Σ pinball / Σ |y|.</summary>
    public double Wql => pinball / size;
    /// <summary>Mean over windows of their mean absolute error over the seasonal scale.</summary>
    public double Mase => scaled / Windows;
    /// <summary>Share of steps within p10 to p90.</summary>
    public double Coverage => inside / steps;

    /// <summary>Adds a window.</summary>
    /// <param name="actual">What happened.</param>
    /// <param name="p10">One a step.</param>
    /// <param name="p50">One a step.</param>
    /// <param name="p90">One a step.</param>
    /// <param name="seasonalScale">Mean |y_t − y_(t−288)| of the week before.</param>
    public void Add(ReadOnlySpan<float> actual, ReadOnlySpan<float> p10, ReadOnlySpan<float> p50, ReadOnlySpan<float> p90, double seasonalScale)
    {
        double error = 0;
        for (var step = 0; step < actual.Length; step++)
        {
            var y = actual[step];
            pinball += 2.0 / 3 * (Pinball(y, p10[step], .1) + Pinball(y, p50[step], .5) + Pinball(y, p90[step], .9));
            size += Math.Abs(y);
            error += Math.Abs(y - p50[step]);
            if (y >= p10[step] && y <= p90[step]) inside++;
        }

        steps += actual.Length;
        scaled += error / actual.Length / seasonalScale;
        Windows++;
    }

    private static double Pinball(double y, double quantile, double level) => Math.Max(level * (y - quantile), (level - 1) * (y - quantile));
}
