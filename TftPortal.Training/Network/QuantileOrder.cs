using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Network;

/// <summary>Turns 6 non-negative steps into 7 ordered quantiles around a median of 0: quantile = Σ steps between it and the median, below it negative.</summary>
internal static class QuantileOrder
{
    /// <summary>−min silu(x), rounded up: what makes silu never negative.</summary>
    private const float Lift = .27847f;
    private const int Q = QuantileLevels.Count;
    private const int Middle = QuantileLevels.P50;

    /// <summary>[6,7]: what each step adds to each quantile.</summary>
    public static float[] Steps { get; } = MakeSteps();

    /// <summary>[7]: what the lift of all steps adds to each quantile.</summary>
    public static float[] Offsets { get; } = [.. Enumerable.Range(0, Q).Select(quantile => (quantile - Middle) * Lift)];

    private static float[] MakeSteps()
    {
        var matrix = new float[(Q - 1) * Q];
        for (var step = 0; step < Q - 1; step++)
        {
            for (var quantile = 0; quantile < Q; quantile++)
            {
                // Step s lies between quantile s and s+1.
                if (quantile <= step && step < Middle) matrix[(step * Q) + quantile] = -1;
                if (quantile > step && step >= Middle) matrix[(step * Q) + quantile] = 1;
            }
        }

        return matrix;
    }
}
