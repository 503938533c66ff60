using TftPortal.Engine.Contract;

namespace TftPortal.Training.Scoring;

/// <summary>What the model must be ahead of: a name and p10, p50, p90 for each of 96 steps from a day of context.</summary>
internal static class SimpleForecasts
{
    private const int Horizon = InputShape.Horizon;
    private static readonly double[] Deviations = [-1.2816, 0, 1.2816];
    private static readonly float[] Levels = [.1f, .5f, .9f];

    /// <summary>The four, by name.</summary>
    public static IReadOnlyList<(string Name, Func<float[], float, float[][]> Forecast)> All { get; } =
    [
        ("last value", (day, _) => Point(_ => day[^1])),
        ("seasonal naive", (day, _) => Point(step => day[step])),
        ("the old line", OldLine),
        ("quantiles of 24 h", (day, _) => Quantiles(day)),
    ];

    private static float[][] Point(Func<int, float> value)
    {
        var values = Enumerable.Range(0, Horizon).Select(value).ToArray();
        return [values, values, values];
    }

    // The old daemon's "TFT": a line through the last 24 steps, bands of ±1.28 deviations growing with the root of the step.
    private static float[][] OldLine(float[] day, float maximum)
    {
        const int steps = 24;
        var recent = day[^steps..];
        const double middle = (steps - 1) / 2.0;
        double mean = recent.Average(), covariance = 0, variance = 0;
        for (var i = 0; i < steps; i++)
        {
            covariance += (i - middle) * (recent[i] - mean);
            variance += (i - middle) * (i - middle);
        }

        var slope = covariance / variance;
        var deviation = Math.Sqrt(recent.Select((y, i) => Math.Pow(y - mean - (slope * (i - middle)), 2)).Sum() / (steps - 2));
        float At(int step, double z) => (float)Math.Clamp(mean + (slope * (steps + step - middle)) + (z * deviation * Math.Sqrt(step + 1)), 0, maximum);
        return [.. Deviations.Select(z => Enumerable.Range(0, Horizon).Select(step => At(step, z)).ToArray())];
    }

    private static float[][] Quantiles(float[] day)
    {
        var sorted = day.Order().ToArray();
        return [.. Levels.Select(level => Enumerable.Repeat(SortedSample.Quantile(sorted, level), Horizon).ToArray())];
    }
}
