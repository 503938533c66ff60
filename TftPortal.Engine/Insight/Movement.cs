using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>Which way a metric is looked at.</summary>
internal enum Heading { Up, Down, Either }

/// <summary>Where a metric's newest move began, and where it was before; as anybody can find it on the chart.</summary>
/// <param name="Start">Index of the step in which it began; 2 hours before the end where it has not moved.</param>
/// <param name="HasMoved">Whether it has.</param>
/// <param name="PerStep">How far it has come since, a step; 0 where it has not moved.</param>
/// <param name="Before">The median of the 24 hours before <paramref name="Start"/>, or, with less than an hour of them observed, the level at the start; NaN without a value.</param>
internal readonly record struct Movement(int Start, bool HasMoved, float PerStep, float Before)
{
    private const float Noise = 3; // times the median change from step to step
    private const float FewPoints = 1, FewShares = .02f; // of a percentage; of any other level
    private const float AtStart = .1f, StillThere = .8f; // shares of the move

    /// <summary>
    /// Looks at a metric's past. Its last day is smoothed by 3 steps. It has moved up where its newest level is above the lowest by more than <see cref="Noise"/> and a point (of a percentage; 2 % of others), and is
    /// still within a fifth of the highest since; the move began at the last step that was within a tenth of its height of the lowest. Down is the same upside down.
    /// </summary>
    /// <param name="values">Oldest first, NaN where missing; the last is the step before the forecast.</param>
    /// <param name="metric">Which metric.</param>
    /// <param name="heading">Which way; either takes the larger of the two.</param>
    /// <param name="grid">The time grid.</param>
    public static Movement Of(ReadOnlySpan<float> values, MetricDefinition metric, Heading heading, StepGrid grid)
    {
        var day = (int)Math.Min(values.Length, Math.Max(12, TimeSpan.FromDays(1) / grid.Length));
        var smooth = Smooth(values[^day..]);
        var noise = UsualChange(values[^day..]);
        var (start, height) = (-1, 0f);
        foreach (var sign in heading switch { Heading.Up => [1f], Heading.Down => [-1f], _ => (float[])[1, -1] })
        {
            var (begun, far) = Find(smooth, sign, Noise * noise, metric.IsPercentage);
            if (begun >= 0 && far > Math.Abs(height)) (start, height) = (begun, sign * far);
        }

        var hasMoved = start >= 0;
        if (!hasMoved) start = Math.Max(0, day - Math.Max(1, (int)(TimeSpan.FromHours(2) / grid.Length)));
        var at = values.Length - day + start;
        var steps = day - 1 - start;
        return new(at, hasMoved, hasMoved && steps > 0 ? height / steps : 0, LevelBefore(values, at, day, smooth[start], grid));
    }

    /// <summary>Least-squares slope a step of the known values; NaN with fewer than 3.</summary>
    public static float Slope(ReadOnlySpan<float> values)
    {
        double count = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i])) continue;
            (count, x, y, xx, xy) = (count + 1, x + i, y + values[i], xx + ((double)i * i), xy + (i * (double)values[i]));
        }

        var spread = (count * xx) - (x * x);
        return count < 3 || spread <= 0 ? float.NaN : (float)(((count * xy) - (x * y)) / spread);
    }

    private static (int Start, float Height) Find(float[] smooth, float sign, float least, bool isPercentage)
    {
        int last = smooth.Length - 1, lowest = -1;
        while (last >= 0 && float.IsNaN(smooth[last])) last--;
        if (last < 0 || smooth.Length - last > 3) return (-1, 0);
        for (var i = 0; i <= last; i++)
            if (!float.IsNaN(smooth[i]) && (lowest < 0 || sign * smooth[i] <= sign * smooth[lowest])) lowest = i;
        var (now, low) = (sign * smooth[last], sign * smooth[lowest]);
        var height = now - low;
        if (height <= Math.Max(least, isPercentage ? FewPoints : FewShares * Math.Abs(now))) return (-1, 0);
        var (start, top) = (lowest, now);
        for (var i = lowest; i <= last; i++)
        {
            var value = sign * smooth[i];
            if (value <= low + (AtStart * height)) (start, top) = (i, now);
            if (value > top) top = value;
        }

        return now - low >= StillThere * (top - low) ? (start, height) : (-1, 0);
    }

    private static float[] Smooth(ReadOnlySpan<float> values)
    {
        var smooth = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (sum, count) = (0f, 0);
            for (var j = Math.Max(0, i - 2); j <= i; j++)
            {
                if (float.IsNaN(values[j])) continue;
                sum += values[j];
                count++;
            }

            smooth[i] = count > 0 ? sum / count : float.NaN;
        }

        return smooth;
    }

    private static float UsualChange(ReadOnlySpan<float> values)
    {
        var changes = new List<float>(values.Length);
        for (var i = 1; i < values.Length; i++)
            if (Math.Abs(values[i] - values[i - 1]) is var change && !float.IsNaN(change)) changes.Add(change);
        return Median(changes) is var median && float.IsNaN(median) ? 0 : median;
    }

    private static float LevelBefore(ReadOnlySpan<float> values, int start, int day, float atStart, StepGrid grid)
    {
        var before = new List<float>(day);
        foreach (var value in values[Math.Max(0, start - day)..start])
            if (!float.IsNaN(value)) before.Add(value);
        return before.Count * grid.Length >= TimeSpan.FromHours(1) ? Median(before) : !float.IsNaN(atStart) ? atStart : Median(before);
    }

    private static float Median(List<float> values)
    {
        if (values.Count == 0) return float.NaN;
        values.Sort();
        return values[values.Count / 2];
    }
}
