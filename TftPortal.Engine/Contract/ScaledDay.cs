namespace TftPortal.Engine.Contract;

/// <summary>
/// One metric's day, scaled: z = (y − median) / max(standard deviation, .001 + .02·|mean|), over what was observed.
/// A missing step carries the last z before it; before the first observed step z is 0, the median.
/// </summary>
internal sealed class ScaledDay
{
    private readonly float[] z = new float[InputShape.History];
    private readonly bool[] seen = new bool[InputShape.History];
    private readonly float[] sorted = new float[InputShape.History];
    private readonly float[] differences = new float[InputShape.History];
    private readonly float[] hourly = new float[InputShape.Hour];
    private int first; // the first observed step of the day

    /// <summary>Scaled values, one a step, oldest first.</summary>
    public ReadOnlySpan<float> Z => z;
    /// <summary>Which steps were observed.</summary>
    public ReadOnlySpan<bool> Seen => seen;
    /// <summary>The observed values, scaled, ascending.</summary>
    public ReadOnlySpan<float> Sorted => sorted.AsSpan(0, Observed);
    /// <summary>Mean of the observed values at each of the 12 steps of an hour, scaled.</summary>
    public ReadOnlySpan<float> Hourly => hourly;
    /// <summary>How many steps were observed.</summary>
    public int Observed { get; private set; }
    /// <summary>What is subtracted: the median.</summary>
    public float Centre { get; private set; }
    /// <summary>What the difference is divided by.</summary>
    public float Scale { get; private set; }
    /// <summary>Mean of the observed values, not scaled.</summary>
    public float Mean { get; private set; }
    /// <summary>Smallest observed value, scaled.</summary>
    public float Lowest { get; private set; }
    /// <summary>Largest observed value, scaled.</summary>
    public float Highest { get; private set; }

    /// <summary>Reads a day; false where fewer than <see cref="InputShape.RequiredSteps"/> steps are observed.</summary>
    /// <param name="values"><see cref="InputShape.History"/> values, oldest first, NaN where missing.</param>
    public bool Read(ReadOnlySpan<float> values)
    {
        Observed = 0;
        first = values.Length;
        for (var step = 0; step < values.Length; step++)
        {
            seen[step] = !float.IsNaN(values[step]);
            if (!seen[step]) continue;
            if (Observed == 0) first = step;
            sorted[Observed++] = values[step];
        }

        if (Observed < InputShape.RequiredSteps) return false;
        var sample = sorted.AsSpan(0, Observed);
        double sum = 0, squares = 0;
        foreach (var value in sample) sum += value;
        Mean = (float)(sum / Observed);
        foreach (var value in sample) squares += (value - (double)Mean) * (value - (double)Mean);
        sample.Sort();
        Centre = SortedSample.Quantile(sample, .5f);
        Scale = MathF.Max((float)Math.Sqrt(squares / Observed), .001f + (.02f * MathF.Abs(Mean)));
        for (var i = 0; i < Observed; i++) sample[i] = (sample[i] - Centre) / Scale;
        Lowest = sample[0];
        Highest = sample[^1];
        var carried = 0f;
        for (var step = 0; step < values.Length; step++)
        {
            if (seen[step]) carried = (values[step] - Centre) / Scale;
            z[step] = carried;
        }

        FoldByMinuteOfHour();
        return true;
    }

    /// <summary>Steps since the last observed one.</summary>
    public int Age()
    {
        var age = 0;
        while (!seen[InputShape.History - 1 - age]) age++;
        return age;
    }

    /// <summary>For how many of the newest steps the value has stayed as near to the last as this, in z; at least 1, at most the day.</summary>
    public int Plateau(float tolerance)
    {
        var length = 1;
        while (length < InputShape.History && MathF.Abs(z[^(length + 1)] - z[^1]) <= tolerance) length++;
        return length;
    }

    /// <summary>Mean size of a step's change over the newest steps.</summary>
    public float Restlessness(int steps)
    {
        float sum = 0;
        for (var step = InputShape.History - steps; step < InputShape.History; step++) sum += MathF.Abs(z[step] - z[step - 1]);
        return sum / steps;
    }

    /// <summary>Least-squares slope a step over the newest steps.</summary>
    public float Slope(int steps)
    {
        var start = Math.Max(first, InputShape.History - steps);
        var count = InputShape.History - start;
        if (count < 3) return 0;
        var middle = (count - 1) / 2f;
        float covariance = 0, variance = 0;
        for (var i = 0; i < count; i++)
        {
            covariance += (i - middle) * z[start + i];
            variance += (i - middle) * (i - middle);
        }

        return covariance / variance;
    }

    /// <summary>The differences over some steps, of every second step, ascending; 0 where there is none. Valid until the next call.</summary>
    public ReadOnlySpan<float> SortedDifferences(int lag)
    {
        var count = 0;
        for (var step = InputShape.History - 1; step - lag >= first; step -= 2) differences[count++] = z[step] - z[step - lag];
        if (count == 0) differences[count++] = 0;
        var known = differences.AsSpan(0, count);
        known.Sort();
        return known;
    }

    /// <summary>Mean, deviation and extremes of some values.</summary>
    public static void Moments(ReadOnlySpan<float> values, out float average, out float deviation, out float low, out float high)
    {
        average = Average(values);
        deviation = 0;
        low = float.MaxValue;
        high = float.MinValue;
        foreach (var value in values)
        {
            deviation += (value - average) * (value - average);
            low = MathF.Min(low, value);
            high = MathF.Max(high, value);
        }

        deviation = MathF.Sqrt(deviation / values.Length);
    }

    /// <summary>Mean of some values.</summary>
    public static float Average(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private void FoldByMinuteOfHour()
    {
        for (var minute = 0; minute < InputShape.Hour; minute++)
        {
            float sum = 0;
            var count = 0;
            for (var step = minute; step < InputShape.History; step += InputShape.Hour)
            {
                if (!seen[step]) continue;
                sum += z[step];
                count++;
            }

            hourly[minute] = count > 0 ? sum / count : 0;
        }
    }
}
