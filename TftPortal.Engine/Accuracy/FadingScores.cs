namespace TftPortal.Engine.Accuracy;

/// <summary>
/// A server's scores by metric, twice: older points count e^(−age/τ), once with τ of two days and once of a week. It takes 16 bytes a metric and τ, however many points there were. It never changes.
/// </summary>
/// <param name="sums">By τ, metric and sum.</param>
/// <param name="at">The step that they are faded to.</param>
internal sealed class FadingScores(float[] sums, long at)
{
    /// <summary>Sums of a metric: the network's loss, the baseline's, what was measured, and points.</summary>
    public const int SumCount = 4;
    /// <summary>How many τ there are: two days and a week.</summary>
    public const int Windows = 2;

    /// <summary>Sums in all.</summary>
    public const int Length = Windows * TrackLayout.Metrics * SumCount;
    private static readonly double[] Days = [2, 7];

    /// <summary>No points yet.</summary>
    public static FadingScores None { get; } = new(new float[Length], 0);

    /// <summary>The sums, to be kept on disk.</summary>
    public ReadOnlySpan<float> Sums => sums;

    /// <summary>The step that they are faded to.</summary>
    public long At => at;

    /// <summary>The sums of a metric.</summary>
    /// <param name="window">0 for τ of two days, 1 for a week.</param>
    /// <param name="metric">Which.</param>
    public (float Network, float Baseline, float Truth, float Points) Of(int window, int metric)
    {
        var start = Start(window, metric);
        return (sums[start], sums[start + 1], sums[start + 2], sums[start + 3]);
    }

    /// <summary>The same, faded to a later step and open for points.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stepsOfDay">Steps of a day.</param>
    public FadingScores FadedTo(long step, double stepsOfDay)
    {
        var faded = (float[])sums.Clone();
        for (var window = 0; window < Windows; window++)
        {
            var share = (float)Math.Exp(-Math.Max(0, step - at) / (stepsOfDay * Days[window]));
            foreach (ref var sum in faded.AsSpan(Start(window, 0), TrackLayout.Metrics * SumCount)) sum *= share;
        }

        return new(faded, Math.Max(at, step));
    }

    /// <summary>Takes a point in; only while nobody else has it.</summary>
    public void Add(int metric, float network, float baseline, float truth)
    {
        for (var window = 0; window < Windows; window++)
        {
            var start = Start(window, metric);
            sums[start] += network;
            sums[start + 1] += baseline;
            sums[start + 2] += Math.Abs(truth);
            sums[start + 3]++;
        }
    }

    private static int Start(int window, int metric) => ((window * TrackLayout.Metrics) + metric) * SumCount;
}
