using TftPortal.Engine.Contract;

namespace TftPortal.Engine.Risk;

/// <summary>What counts as an incident: a value at or above its threshold in at least 2 of 3 steps. A single step is a spike, which nobody wants to be woken for.</summary>
internal static class Incident
{
    /// <summary>How many steps are looked at.</summary>
    public const int Span = 3;

    private const int Least = 2;

    /// <summary>Whether a value that is at or above the threshold stays there.</summary>
    /// <param name="values">From the step in question on; NaN counts as below.</param>
    /// <param name="threshold">In the values' unit.</param>
    public static bool IsSustained(ReadOnlySpan<float> values, float threshold)
    {
        var above = 0;
        for (var step = 0; step < Math.Min(Span, values.Length); step++) above += values[step] >= threshold ? 1 : 0;
        return above >= Least;
    }

    /// <summary>Whether an incident begins at a step: it is sustained from there, and the hour before was below throughout.</summary>
    public static bool BeginsAt(ReadOnlySpan<float> values, int step, float threshold)
    {
        if (!(values[step] >= threshold) || !IsSustained(values[step..], threshold)) return false;
        foreach (var before in values[Math.Max(0, step - InputShape.Hour)..step])
        {
            if (before >= threshold) return false;
        }

        return true;
    }

    /// <summary>The probability that an incident lies within steps: of each 3 neighbours the second most probable counts, so that the peak of a single step doesn't.</summary>
    /// <param name="steps">The probability of being at or above the threshold in each step, 0–1.</param>
    public static double Probability(ReadOnlySpan<double> steps)
    {
        if (steps.Length < Span) return AnyStep.Probability(steps);
        Span<double> sustained = stackalloc double[steps.Length - Span + 1];
        for (var step = 0; step < sustained.Length; step++)
        {
            var (one, two, three) = (steps[step], steps[step + 1], steps[step + 2]);
            sustained[step] = Math.Max(Math.Min(one, two), Math.Min(Math.Max(one, two), three)); // the middle one
        }

        return AnyStep.Probability(sustained);
    }
}
