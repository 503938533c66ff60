using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Dashboard.Charts;

/// <summary>A server's past up to now in points of equal times: as the window knows it, and where that does not reach, as the history does. A point is a step, or several where there are too many (<see cref="HistoryRange.MostPoints"/>).</summary>
public sealed class PastPoints
{
    private static readonly long Monday = new DateTimeOffset(1970, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(); // from where the history counts its points

    private readonly ServerHistory window;
    private readonly StepGrid grid;
    private readonly ServerPast? before;
    private readonly long firstStep, endStep;

    private PastPoints(ServerHistory window, StepGrid grid, long firstStep, long endStep, ServerPast? before, long firstMilliseconds, long pointMilliseconds, int count)
    {
        (this.window, this.grid, this.firstStep, this.endStep, this.before) = (window, grid, firstStep, endStep, before);
        (FirstMilliseconds, PointMilliseconds, Count) = (firstMilliseconds, pointMilliseconds, count);
    }

    /// <summary>When the first point begins, since 1970 UTC.</summary>
    public long FirstMilliseconds { get; }

    /// <summary>The time that a point stands for.</summary>
    public long PointMilliseconds { get; }

    /// <summary>How many points there are.</summary>
    public int Count { get; }

    /// <summary>Whether a point is of several steps, and has a least and a largest beside its mean.</summary>
    public bool IsThinned => PointMilliseconds > grid.StepMilliseconds;

    /// <summary>Prepares them.</summary>
    /// <param name="window">What the window knows of the server.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="endStep">One past the last step.</param>
    /// <param name="length">How far back, at least a step.</param>
    /// <param name="before">What the history knows of the same length, in points of the same times; null where it was not asked.</param>
    public static PastPoints Of(ServerHistory window, StepGrid grid, long endStep, TimeSpan length, ServerPast? before = null)
    {
        var steps = Math.Max(1, (long)Math.Ceiling(length / grid.Length));
        var (first, end) = (grid.StartOf(endStep - steps), grid.StartOf(endStep));
        var point = (long)new HistoryRange(first, end).BucketOf(grid.Length).TotalMilliseconds;
        if (point == grid.StepMilliseconds) return new(window, grid, endStep - steps, endStep, before, first.ToUnixTimeMilliseconds(), point, (int)steps);
        var began = Monday + (Math.DivRem(first.ToUnixTimeMilliseconds() - Monday, point).Quotient * point);
        return new(window, grid, endStep - steps, endStep, before, began, point, (int)((end.ToUnixTimeMilliseconds() - 1 - began) / point) + 1);
    }

    /// <summary>Whether the window does not reach back so far.</summary>
    public bool BeginsBefore(ServerHistory known) => firstStep < known.OldestStep;

    /// <summary>A metric's points: of each the mean of its steps, the least and the largest; NaN where there is none.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="mean">Receives <see cref="Count"/> values.</param>
    /// <param name="low">The same.</param>
    /// <param name="high">The same.</param>
    public void CopyTo(Metric metric, Span<float> mean, Span<float> low, Span<float> high)
    {
        mean.Fill(float.NaN);
        low.Fill(float.NaN);
        high.Fill(float.NaN);
        var values = new float[(int)(endStep - firstStep)];
        window.CopyTo(metric, firstStep, values);
        var known = new int[Count];
        for (var index = 0; index < values.Length; index++)
        {
            if (float.IsNaN(values[index])) continue;
            var point = PointOf((firstStep + index) * grid.StepMilliseconds);
            known[point]++;
            mean[point] = known[point] == 1 ? values[index] : mean[point] + ((values[index] - mean[point]) / known[point]);
            low[point] = known[point] == 1 ? values[index] : Math.Min(low[point], values[index]);
            high[point] = known[point] == 1 ? values[index] : Math.Max(high[point], values[index]);
        }

        if (before?.Metrics.FirstOrDefault(past => past.Metric == metric) is not { } recorded) return;
        var whole = window.OldestStep * grid.StepMilliseconds; // a point that began before it is only in part the window's
        for (var index = 0; index < before.Times.Length; index++)
        {
            var at = before.Times[index].ToUnixTimeMilliseconds();
            var point = PointOf(at);
            if (at < FirstMilliseconds || point >= Count || float.IsNaN(recorded.Mean[index]) || (known[point] > 0 && at >= whole)) continue;
            (mean[point], low[point], high[point]) = (recorded.Mean[index], recorded.Low[index], recorded.High[index]);
        }
    }

    private int PointOf(long milliseconds) => (int)((milliseconds - FirstMilliseconds) / PointMilliseconds);
}
