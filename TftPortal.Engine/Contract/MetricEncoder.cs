using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Contract;

/// <summary>
/// Turns one metric's week into the network's inputs: z = (y − median) / max(standard deviation, .001 + .02·|mean|) over a day,
/// compressed by asinh where it is a feature and left as it is where it is an anchor. docs/decisions/model.md says what each input brought.
/// </summary>
internal sealed class MetricEncoder
{
    private const int Recent2Hours = 24;
    private const float WidestExtrapolation = 3; // z beyond the day's extremes that a drift anchor may reach
    private static readonly int[] StepLags = [1, 2, 3, 6, 12];
    private static readonly int[] DifferenceLags = [1, 3, 12];

    private readonly SameTimeProfile sameTime = new();
    private readonly float[] z = new float[InputShape.History];
    private readonly bool[] seen = new bool[InputShape.History];
    private readonly float[] sorted = new float[InputShape.History];
    private readonly float[] scratch = new float[InputShape.History];
    private readonly float[] hourly = new float[InputShape.Hour];
    private int observed;
    private int first; // the first observed step of the day; before it z is 0
    private float centre, scale, mean, lowest, highest;

    /// <summary>Encodes one metric of one server; clears the row and returns false where it has fewer than <see cref="InputShape.RequiredSteps"/> values in the last day.</summary>
    /// <param name="week"><see cref="InputShape.Week"/> values in the network's unit, oldest first, NaN where missing.</param>
    /// <param name="batch">Where to.</param>
    /// <param name="row">The row in the batch's [V,B,…] arrays.</param>
    public bool Encode(ReadOnlySpan<float> week, InputBatch batch, int row)
    {
        var encoder = Row(batch.Encoder, row, InputShape.EncoderTokens * InputShape.EncoderFeatures);
        var decoder = Row(batch.Decoder, row, InputShape.DecoderTokens * InputShape.DecoderFeatures);
        var statics = Row(batch.Statics, row, InputShape.StaticFeatures);
        var series = Row(batch.Series, row, InputShape.Horizon * InputShape.SeriesAnchors);
        var anchors = Row(batch.Anchors, row, InputShape.QuantileAnchors * QuantileLevels.Count);
        if (!Scale(week[^InputShape.History..]))
        {
            encoder.Clear();
            decoder.Clear();
            statics.Clear();
            series.Clear();
            anchors.Clear();
            batch.Centre[row] = 0;
            batch.Scale[row] = 1;
            return false;
        }

        batch.Centre[row] = centre;
        batch.Scale[row] = scale;
        sameTime.Read(week);
        FoldByMinuteOfHour();
        WriteEncoder(encoder);
        WriteDecoder(decoder);
        WriteAnchors(anchors, statics, out var drift, out var slope);
        WriteSeries(series, drift, slope);
        return true;
    }

    private bool Scale(ReadOnlySpan<float> day)
    {
        observed = 0;
        first = day.Length;
        for (var step = 0; step < day.Length; step++)
        {
            seen[step] = !float.IsNaN(day[step]);
            if (!seen[step]) continue;
            if (observed == 0) first = step;
            sorted[observed++] = day[step];
        }

        if (observed < InputShape.RequiredSteps) return false;
        var sample = sorted.AsSpan(0, observed);
        double sum = 0, squares = 0;
        foreach (var value in sample) sum += value;
        mean = (float)(sum / observed);
        foreach (var value in sample) squares += (value - (double)mean) * (value - (double)mean);
        sample.Sort();
        centre = SortedSample.Quantile(sample, .5f);
        scale = MathF.Max((float)Math.Sqrt(squares / observed), .001f + (.02f * MathF.Abs(mean)));
        for (var i = 0; i < observed; i++) sample[i] = (sample[i] - centre) / scale;
        lowest = sample[0];
        highest = sample[^1];
        var carried = 0f;
        for (var step = 0; step < day.Length; step++)
        {
            if (seen[step]) carried = (day[step] - centre) / scale;
            z[step] = carried;
        }

        return true;
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

    private void WriteEncoder(Span<float> tokens)
    {
        for (var hour = 0; hour < InputShape.HourTokens; hour++)
        {
            var token = tokens.Slice(hour * InputShape.EncoderFeatures, InputShape.EncoderFeatures);
            float sum = 0, low = float.MaxValue, high = float.MinValue;
            var count = 0;
            for (var step = hour * InputShape.Hour; step < (hour + 1) * InputShape.Hour; step++)
            {
                sum += z[step];
                low = MathF.Min(low, z[step]);
                high = MathF.Max(high, z[step]);
                if (seen[step]) count++;
            }

            token[0] = Asinh(low);
            token[1] = Asinh(sum / InputShape.Hour);
            token[2] = Asinh(high);
            token[3..6].Clear();
            token[6] = 1;
            token[7] = count / (float)InputShape.Hour;
            token[8] = 1;
        }

        for (var patch = 0; patch < InputShape.PatchTokens; patch++)
        {
            var token = tokens.Slice((InputShape.HourTokens + patch) * InputShape.EncoderFeatures, InputShape.EncoderFeatures);
            var start = InputShape.History - InputShape.Recent + (patch * InputShape.Patch);
            var count = 0;
            token[..3].Clear();
            for (var step = 0; step < InputShape.Patch; step++)
            {
                token[3 + step] = Asinh(z[start + step]);
                if (seen[start + step]) count++;
            }

            token[6] = 0;
            token[7] = count / (float)InputShape.Patch;
            token[8] = 1;
        }
    }

    private void WriteDecoder(Span<float> tokens)
    {
        for (var patch = 0; patch < InputShape.DecoderTokens; patch++)
        {
            var token = tokens.Slice(patch * InputShape.DecoderFeatures, InputShape.DecoderFeatures);
            var start = patch * InputShape.Patch;
            var middle = start + (InputShape.Patch / 2);
            token[0] = Feature(sameTime.Yesterday[middle]);
            token[1] = Feature(sameTime.YesterdayHighest[middle]);
            token[2] = Feature(sameTime.YesterdayLowest[middle]);
            token[3] = Feature(sameTime.Week[middle]);
            token[4] = Feature(sameTime.WeekHighest[middle]);
            token[5] = Feature(sameTime.WeekLowest[middle]);
            for (var step = 0; step < InputShape.Patch; step++)
            {
                token[6 + step] = Feature(sameTime.YesterdayExact[start + step]);
                token[9 + step] = Feature(sameTime.WeekExact[start + step]);
                token[12 + step] = Asinh(hourly[(start + step) % InputShape.Hour]);
            }

            token[15] = float.IsNaN(sameTime.Yesterday[middle]) ? 0 : 1;
            token[16] = sameTime.KnownDays / (float)InputShape.Days;
            token[17] = 1;
        }
    }

    private void WriteSeries(Span<float> series, float drift, float slope)
    {
        var last = z[^1];
        var fallback = Average(z.AsSpan(InputShape.History - 6));
        float floor = lowest - WidestExtrapolation, ceiling = highest + WidestExtrapolation;
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            var anchor = series.Slice(step * InputShape.SeriesAnchors, InputShape.SeriesAnchors);
            anchor[0] = Scaled(sameTime.Yesterday[step], fallback);
            anchor[1] = Scaled(sameTime.Week[step], fallback);
            anchor[2] = Scaled(sameTime.YesterdayExact[step], fallback);
            anchor[3] = Scaled(sameTime.WeekExact[step], fallback);
            anchor[4] = hourly[step % InputShape.Hour];
            anchor[5] = Math.Clamp(last + (slope * (step + 1)), floor, ceiling);
            anchor[6] = Math.Clamp(last + (drift * (step + 1)), floor, ceiling);
        }
    }

    /// <summary>Statics, in order: 7 quantiles of the day; 3 of 2 hours; last; lags 2, 4, 7; slope; mean, deviation, min, max of 6, 24, 96 steps; 5 of scale and level; 5 steps back from the last; 2 slopes; observed, age, days.</summary>
    private void WriteAnchors(Span<float> anchors, Span<float> statics, out float drift, out float slope)
    {
        var last = z[^1];
        var day = sorted.AsSpan(0, observed);
        var twoHours = scratch.AsSpan(0, Recent2Hours);
        z.AsSpan(InputShape.History - Recent2Hours).CopyTo(twoHours);
        twoHours.Sort();
        var next = 0;
        for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
        {
            var level = QuantileLevels.All[quantile];
            anchors[quantile] = last;
            anchors[QuantileLevels.Count + quantile] = Average(z.AsSpan(InputShape.History - 6));
            anchors[(2 * QuantileLevels.Count) + quantile] = SortedSample.Quantile(day, level);
            anchors[(3 * QuantileLevels.Count) + quantile] = SortedSample.Quantile(twoHours, level);
            statics[next++] = Asinh(anchors[(2 * QuantileLevels.Count) + quantile]);
        }

        foreach (var quantile in (ReadOnlySpan<int>)[QuantileLevels.P10, QuantileLevels.P50, QuantileLevels.P90])
            statics[next++] = Asinh(anchors[(3 * QuantileLevels.Count) + quantile]);
        drift = 0;
        for (var i = 0; i < DifferenceLags.Length; i++)
            drift = WriteDifferences(DifferenceLags[i], last, anchors.Slice((4 + i) * QuantileLevels.Count, QuantileLevels.Count)) / DifferenceLags[i];

        slope = Slope(Recent2Hours);
        statics[next++] = Asinh(last);
        foreach (var lag in (ReadOnlySpan<int>)[2, 4, 7]) statics[next++] = Asinh(z[^lag]);
        statics[next++] = Asinh(slope * Recent2Hours);
        foreach (var steps in (ReadOnlySpan<int>)[6, 24, 96])
        {
            var window = z.AsSpan(InputShape.History - steps);
            Moments(window, out var average, out var deviation, out var low, out var high);
            statics[next++] = Asinh(average);
            statics[next++] = Asinh(deviation);
            statics[next++] = Asinh(low);
            statics[next++] = Asinh(high);
        }

        var lastValue = (last * scale) + centre;
        var highestValue = (highest * scale) + centre;
        statics[next++] = Asinh((mean - centre) / scale);
        statics[next++] = MathF.Log(scale) / 3;
        statics[next++] = MathF.Log(1 + MathF.Abs(lastValue)) / 3;
        statics[next++] = lastValue / MathF.Max(highestValue, 1e-9f);
        statics[next++] = MathF.Log(MathF.Max(MathF.Abs(mean), 1e-4f)) / 4;
        foreach (var lag in StepLags) statics[next++] = Asinh(3 * (z[^(lag + 1)] - last));
        statics[next++] = Asinh(Slope(6) * 6);
        statics[next++] = Asinh(Slope(12) * 12);
        statics[next++] = observed / (float)InputShape.History;
        statics[next++] = MathF.Min(Age(), Recent2Hours) / Recent2Hours;
        statics[next++] = sameTime.KnownDays / (float)InputShape.Days;
        statics[next++] = 1;
        if (next != InputShape.StaticFeatures) throw new InvalidOperationException($"{next} static features are written; the shape has {InputShape.StaticFeatures}.");
    }

    /// <summary>Last value plus the quantiles of the day's differences over some steps: what a random walk of this server would do. Returns their median.</summary>
    private float WriteDifferences(int lag, float last, Span<float> anchor)
    {
        var count = 0;
        for (var step = InputShape.History - 1; step - lag >= first; step -= 2) scratch[count++] = z[step] - z[step - lag];
        if (count == 0) scratch[count++] = 0;
        var differences = scratch.AsSpan(0, count);
        differences.Sort();
        for (var quantile = 0; quantile < QuantileLevels.Count; quantile++) anchor[quantile] = last + SortedSample.Quantile(differences, QuantileLevels.All[quantile]);
        return anchor[QuantileLevels.P50] - last;
    }

    private int Age()
    {
        var age = 0;
        while (!seen[InputShape.History - 1 - age]) age++;
        return age;
    }

    /// <summary>Least-squares slope a step over the newest steps.</summary>
    private float Slope(int steps)
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

    private static void Moments(ReadOnlySpan<float> values, out float average, out float deviation, out float low, out float high)
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

    private static float Average(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private float Scaled(float value, float fallback) => float.IsNaN(value) ? fallback : (value - centre) / scale;

    private float Feature(float value) => float.IsNaN(value) ? 0 : Asinh((value - centre) / scale);

    private static float Asinh(float value)
    {
        var size = MathF.Abs(value);
        return MathF.CopySign(MathF.Log(size + MathF.Sqrt((size * size) + 1)), value);
    }

    private static Span<float> Row(float[] values, int row, int length) => values.AsSpan(row * length, length);
}
