namespace TftPortal.Engine.Risk;

/// <summary>
/// The probability that something happens in any of several steps of one forecast, from its probability in each. The steps are strongly dependent: a day that runs high
/// runs high for hours. So it is the largest of three, each a bound or a measured fit (docs/decisions/engine.md has the calibration):
/// <list type="bullet">
/// <item>the largest P of a single step, below which it can't be;</item>
/// <item>the worst hour's 1 − Π(1 − P)^0.3: within an hour a step counts for a third of an independent one; the exponent scored best on incidents (MODEL.md);</item>
/// <item>1 − Π(1 − P)^0.05 over all steps: over hours a step counts for a twentieth, so that 96 make 5 independent ones; the exponent was the best calibrated of .03, .05, .08 and .12
/// that keeps a threshold at p98 of every step below 10 %.</item>
/// </list>
/// It never falls when a step's P grows or a step is added.
/// </summary>
internal static class AnyStep
{
    /// <summary>Steps in which the exponent .3 was measured: 12, an hour of 5-minute steps.</summary>
    public const int Hour = 12;

    private const double WithinAnHour = 0.3;
    private const double OverHours = 0.05;

    /// <summary>The probability of at least one.</summary>
    /// <param name="steps">Its probability in each step, 0–1.</param>
    /// <returns>0 to 1; 0 without steps.</returns>
    public static double Probability(ReadOnlySpan<double> steps)
    {
        Span<double> none = stackalloc double[Hour]; // logarithms of 1 − P of the last hour
        none.Clear();
        double largest = 0, all = 0, hour = 0, worst = 0;
        for (var step = 0; step < steps.Length; step++)
        {
            if (steps[step] >= 1) return 1;
            var log = steps[step] > 0 ? Math.Log(1 - steps[step]) : 0;
            largest = Math.Max(largest, steps[step]);
            all += log;
            hour += log - none[step % Hour];
            none[step % Hour] = log;
            worst = Math.Min(worst, hour);
        }

        return Math.Max(largest, Math.Max(1 - Math.Exp(WithinAnHour * worst), 1 - Math.Exp(OverHours * all)));
    }
}
