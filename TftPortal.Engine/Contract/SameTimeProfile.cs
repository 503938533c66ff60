using System.Numerics;

namespace TftPortal.Engine.Contract;

/// <summary>
/// What one metric did at the same time of the day before, for each of the 96 steps ahead: yesterday and over up to 7 days,
/// exactly and smoothed over 13 steps. NaN where nothing is known.
/// </summary>
internal sealed class SameTimeProfile
{
    private const int Reach = 6; // steps to either side: 13 in all
    private const int FewestObserved = 4;
    private const int Span = InputShape.Horizon + (2 * Reach);
    private static readonly (int Low, int High)[] SortOfSeven =
        [(0, 6), (2, 3), (4, 5), (0, 2), (1, 4), (3, 6), (0, 1), (2, 5), (3, 4), (1, 2), (4, 6), (2, 3), (4, 5), (1, 2), (3, 4), (5, 6)];

    private readonly float[] earlier = new float[InputShape.Horizon];

    /// <summary>Mean of 13 steps, a day ago.</summary>
    public float[] Yesterday { get; } = new float[InputShape.Horizon];
    /// <summary>Largest of 13 steps, a day ago.</summary>
    public float[] YesterdayHighest { get; } = new float[InputShape.Horizon];
    /// <summary>Smallest of 13 steps, a day ago.</summary>
    public float[] YesterdayLowest { get; } = new float[InputShape.Horizon];
    /// <summary>Mean over the days of the mean of 13 steps.</summary>
    public float[] Week { get; } = new float[InputShape.Horizon];
    /// <summary>Largest over the days of the mean of 13 steps.</summary>
    public float[] WeekHighest { get; } = new float[InputShape.Horizon];
    /// <summary>Smallest over the days of the mean of 13 steps.</summary>
    public float[] WeekLowest { get; } = new float[InputShape.Horizon];
    /// <summary>The very step, a day ago.</summary>
    public float[] YesterdayExact { get; } = new float[InputShape.Horizon];
    /// <summary>Lower median over the days of the very step.</summary>
    public float[] WeekExact { get; } = new float[InputShape.Horizon];
    /// <summary>For how many of the 7 days anything is known.</summary>
    public int KnownDays { get; private set; }

    /// <summary>Reads a week.</summary>
    /// <param name="week"><see cref="InputShape.Week"/> values, oldest first, NaN where missing; the step after the last is the first ahead.</param>
    public void Read(ReadOnlySpan<float> week)
    {
        Span<float> sums = stackalloc float[InputShape.Horizon];
        Span<int> days = stackalloc int[InputShape.Horizon];
        sums.Clear();
        days.Clear();
        WeekHighest.AsSpan().Fill(float.NaN);
        WeekLowest.AsSpan().Fill(float.NaN);
        KnownDays = 0;
        for (var day = 1; day <= InputShape.Days; day++)
        {
            var means = day == 1 ? Yesterday : earlier;
            var any = Smooth(week, InputShape.Week - (day * InputShape.History), means);
            if (any) KnownDays++;
            for (var step = 0; step < InputShape.Horizon; step++)
            {
                var mean = means[step];
                if (float.IsNaN(mean)) continue;
                sums[step] += mean;
                days[step]++;
                if (!(WeekHighest[step] >= mean)) WeekHighest[step] = mean;
                if (!(WeekLowest[step] <= mean)) WeekLowest[step] = mean;
            }
        }

        var yesterday = InputShape.Week - InputShape.History;
        Extremes(week, yesterday);
        week.Slice(yesterday, InputShape.Horizon).CopyTo(YesterdayExact);
        LowerMedians(week);
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            Week[step] = days[step] > 0 ? sums[step] / days[step] : float.NaN;
        }
    }

    private static bool Smooth(ReadOnlySpan<float> week, int start, float[] means)
    {
        Span<float> sums = stackalloc float[Span + 1];
        Span<short> counts = stackalloc short[Span + 1];
        sums[0] = 0;
        counts[0] = 0;
        // Relative to the first value, so that the running sum does not lose the small digits of large values.
        var origin = 0f;
        var found = false;
        for (var i = 0; i < Span; i++)
        {
            var index = start - Reach + i;
            var value = index >= 0 ? week[index] : float.NaN;
            var known = !float.IsNaN(value);
            if (known && !found)
            {
                origin = value;
                found = true;
            }

            sums[i + 1] = sums[i] + (known ? value - origin : 0);
            counts[i + 1] = (short)(counts[i] + (known ? 1 : 0));
        }

        var any = false;
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            var end = step + (2 * Reach) + 1;
            var count = counts[end] - counts[step];
            means[step] = count >= FewestObserved ? origin + ((sums[end] - sums[step]) / count) : float.NaN;
            any |= count >= FewestObserved;
        }

        return any;
    }

    private void Extremes(ReadOnlySpan<float> week, int start)
    {
        for (var step = 0; step < InputShape.Horizon; step += Vector<float>.Count)
        {
            var (highest, lowest) = (new Vector<float>(float.NegativeInfinity), new Vector<float>(float.PositiveInfinity));
            for (var place = start + step - Reach; place <= start + step + Reach; place++)
            {
                var values = new Vector<float>(week[place..]);
                var known = Vector.Equals(values, values);
                highest = Vector.Max(highest, Vector.ConditionalSelect(known, values, new(float.NegativeInfinity)));
                lowest = Vector.Min(lowest, Vector.ConditionalSelect(known, values, new(float.PositiveInfinity)));
            }

            var yesterday = new Vector<float>(Yesterday.AsSpan(step));
            var isKnown = Vector.Equals(yesterday, yesterday);
            Vector.ConditionalSelect(isKnown, highest, new(float.NaN)).CopyTo(YesterdayHighest, step);
            Vector.ConditionalSelect(isKnown, lowest, new(float.NaN)).CopyTo(YesterdayLowest, step);
        }
    }

    /// <summary>The lower median over the days of some steps at once: sorted by a network of 16 comparisons (Knuth, The Art of Computer Programming 3, 5.3.4), missing values last.</summary>
    private void LowerMedians(ReadOnlySpan<float> week)
    {
        Span<Vector<float>> days = stackalloc Vector<float>[InputShape.Days];
        for (var step = 0; step < InputShape.Horizon; step += Vector<float>.Count)
        {
            var known = Vector<int>.Zero;
            for (var day = 0; day < days.Length; day++)
            {
                var values = new Vector<float>(week[(InputShape.Week - ((day + 1) * InputShape.History) + step)..]);
                var isKnown = Vector.Equals(values, values);
                known -= isKnown; // true is −1
                days[day] = Vector.ConditionalSelect(isKnown, values, new(float.PositiveInfinity));
            }

            foreach (var (low, high) in SortOfSeven) (days[low], days[high]) = (Vector.Min(days[low], days[high]), Vector.Max(days[low], days[high]));
            var median = new Vector<float>(float.NaN);
            for (var count = 1; count <= days.Length; count++) median = Vector.ConditionalSelect(Vector.Equals(known, new(count)), days[(count - 1) / 2], median);
            median.CopyTo(WeekExact, step);
        }
    }
}
