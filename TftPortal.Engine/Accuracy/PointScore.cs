namespace TftPortal.Engine.Accuracy;

/// <summary>How right a forecast of one step was.</summary>
internal static class PointScore
{
    /// <summary>
    /// The loss whose sum over Σ|y| is the weighted quantile loss: the mean over p10, p50 and p90 of twice the pinball loss
    /// (WQL = mean over q of 2·Σ pinball_q / Σ|y|; Gasthaus et al. 2019, "Probabilistic Forecasting with Spline Quantile Function RNNs").
    /// </summary>
    /// <param name="truth">What was measured.</param>
    /// <param name="quantiles">The three quantiles.</param>
    public static float Loss(float truth, ReadOnlySpan<float> quantiles)
    {
        float sum = 0;
        for (var index = 0; index < TrackLayout.Quantiles; index++)
        {
            var (off, level) = (truth - quantiles[index], TrackLayout.Levels[index]);
            sum += off >= 0 ? off * level : -off * (1 - level);
        }

        return 2 * sum / TrackLayout.Quantiles;
    }

    /// <summary>The same of one value for every quantile.</summary>
    public static float Loss(float truth, float value) => Loss(truth, [value, value, value]);
}
