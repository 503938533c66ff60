using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Contract;

/// <summary>
/// Turns one metric's week into the network's inputs: the <see cref="ScaledDay"/> and the <see cref="SameTimeProfile"/>,
/// compressed by asinh where it is a feature and left as it is where it is an anchor. docs/decisions/model.md says what each input brought.
/// </summary>
internal sealed class MetricEncoder
{
    private const int Recent2Hours = 24;
    private const float WidestExtrapolation = 3; // z beyond the day's extremes that a drift anchor may reach
    private const float NarrowPlateau = .1f, WidePlateau = .5f; // z
    private const float HighestLevel = 4; // hundreds: beyond 100 % a level says little, and uptime and rates have no end
    private static readonly int[] StepLags = [1, 2, 3, 6, 12];
    private static readonly int[] DifferenceLags = [1, 3, 12];

    private readonly SameTimeProfile sameTime = new();
    private readonly ScaledDay day = new();
    private readonly float[] twoHours = new float[Recent2Hours];

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
        if (!day.Read(week[^InputShape.History..]))
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

        batch.Centre[row] = day.Centre;
        batch.Scale[row] = day.Scale;
        sameTime.Read(week);
        WriteEncoder(encoder);
        WriteDecoder(decoder);
        WriteAnchors(anchors, statics, out var drift, out var slope);
        WriteSeries(series, drift, slope);
        return true;
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
                sum += day.Z[step];
                low = MathF.Min(low, day.Z[step]);
                high = MathF.Max(high, day.Z[step]);
                if (day.Seen[step]) count++;
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
                token[3 + step] = Asinh(day.Z[start + step]);
                if (day.Seen[start + step]) count++;
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
                token[12 + step] = Asinh(day.Hourly[(start + step) % InputShape.Hour]);
            }

            token[15] = float.IsNaN(sameTime.Yesterday[middle]) ? 0 : 1;
            token[16] = sameTime.KnownDays / (float)InputShape.Days;
            token[17] = 1;
        }
    }

    private void WriteSeries(Span<float> series, float drift, float slope)
    {
        var last = day.Z[^1];
        var fallback = ScaledDay.Average(day.Z[^6..]);
        float floor = day.Lowest - WidestExtrapolation, ceiling = day.Highest + WidestExtrapolation;
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            var anchor = series.Slice(step * InputShape.SeriesAnchors, InputShape.SeriesAnchors);
            anchor[0] = Scaled(sameTime.Yesterday[step], fallback);
            anchor[1] = Scaled(sameTime.Week[step], fallback);
            anchor[2] = Scaled(sameTime.YesterdayExact[step], fallback);
            anchor[3] = Scaled(sameTime.WeekExact[step], fallback);
            anchor[4] = day.Hourly[step % InputShape.Hour];
            anchor[5] = Math.Clamp(last + (slope * (step + 1)), floor, ceiling);
            anchor[6] = Math.Clamp(last + (drift * (step + 1)), floor, ceiling);
        }
    }

    /// <summary>Statics, in order: 7 quantiles of the day; 3 of 2 hours; last; lags 2, 4, 7; slope; mean, deviation, min, max of 6, 24, 96 steps; 5 of scale and level; 5 steps back from the last; 2 lengths of the plateau, restlessness of the hour, 2 levels in hundreds; 2 slopes; observed, age, days.</summary>
    private void WriteAnchors(Span<float> anchors, Span<float> statics, out float drift, out float slope)
    {
        var last = day.Z[^1];
        var recent = ScaledDay.Average(day.Z[^6..]);
        day.Z[^Recent2Hours..].CopyTo(twoHours);
        Array.Sort(twoHours);
        var next = 0;
        for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
        {
            var level = QuantileLevels.All[quantile];
            anchors[quantile] = last;
            anchors[QuantileLevels.Count + quantile] = recent;
            anchors[(2 * QuantileLevels.Count) + quantile] = SortedSample.Quantile(day.Sorted, level);
            anchors[(3 * QuantileLevels.Count) + quantile] = SortedSample.Quantile(twoHours, level);
            statics[next++] = Asinh(anchors[(2 * QuantileLevels.Count) + quantile]);
        }

        foreach (var quantile in (ReadOnlySpan<int>)[QuantileLevels.P10, QuantileLevels.P50, QuantileLevels.P90])
            statics[next++] = Asinh(anchors[(3 * QuantileLevels.Count) + quantile]);
        drift = 0;
        for (var i = 0; i < DifferenceLags.Length; i++)
            drift = WriteDifferences(DifferenceLags[i], last, anchors.Slice((4 + i) * QuantileLevels.Count, QuantileLevels.Count)) / DifferenceLags[i];

        slope = day.Slope(Recent2Hours);
        statics[next++] = Asinh(last);
        foreach (var lag in (ReadOnlySpan<int>)[2, 4, 7]) statics[next++] = Asinh(day.Z[^lag]);
        statics[next++] = Asinh(slope * Recent2Hours);
        foreach (var steps in (ReadOnlySpan<int>)[6, 24, 96])
        {
            var window = day.Z[^steps..];
            ScaledDay.Moments(window, out var average, out var deviation, out var low, out var high);
            statics[next++] = Asinh(average);
            statics[next++] = Asinh(deviation);
            statics[next++] = Asinh(low);
            statics[next++] = Asinh(high);
        }

        var lastValue = (last * day.Scale) + day.Centre;
        var highestValue = (day.Highest * day.Scale) + day.Centre;
        statics[next++] = Asinh((day.Mean - day.Centre) / day.Scale);
        statics[next++] = MathF.Log(day.Scale) / 3;
        statics[next++] = MathF.Log(1 + MathF.Abs(lastValue)) / 3;
        statics[next++] = lastValue / MathF.Max(highestValue, 1e-9f);
        statics[next++] = MathF.Log(MathF.Max(MathF.Abs(day.Mean), 1e-4f)) / 4;
        foreach (var lag in StepLags) statics[next++] = Asinh(3 * (day.Z[^(lag + 1)] - last));
        statics[next++] = MathF.Log(1 + day.Plateau(NarrowPlateau)) / 3;
        statics[next++] = MathF.Log(1 + day.Plateau(WidePlateau)) / 3;
        statics[next++] = Asinh(10 * day.Restlessness(InputShape.Hour));
        statics[next++] = Level(lastValue);
        ScaledDay.Moments(day.Z[^InputShape.Hour..], out _, out _, out var lowestOfHour, out _);
        statics[next++] = Level((lowestOfHour * day.Scale) + day.Centre);
        statics[next++] = Asinh(day.Slope(6) * 6);
        statics[next++] = Asinh(day.Slope(12) * 12);
        statics[next++] = day.Observed / (float)InputShape.History;
        statics[next++] = MathF.Min(day.Age(), Recent2Hours) / Recent2Hours;
        statics[next++] = sameTime.KnownDays / (float)InputShape.Days;
        statics[next++] = 1;
        if (next != InputShape.StaticFeatures) throw new InvalidOperationException($"{next} static features are written; the shape has {InputShape.StaticFeatures}.");
    }

    /// <summary>Last value plus the quantiles of the day's differences over some steps: what a random walk of this server would do. Returns their median.</summary>
    private float WriteDifferences(int lag, float last, Span<float> anchor)
    {
        var differences = day.SortedDifferences(lag);
        for (var quantile = 0; quantile < QuantileLevels.Count; quantile++) anchor[quantile] = last + SortedSample.Quantile(differences, QuantileLevels.All[quantile]);
        return anchor[QuantileLevels.P50] - last;
    }

    private static float Level(float value) => Math.Clamp(value / 100, 0, HighestLevel);

    private float Scaled(float value, float fallback) => float.IsNaN(value) ? fallback : (value - day.Centre) / day.Scale;

    private float Feature(float value) => float.IsNaN(value) ? 0 : Asinh((value - day.Centre) / day.Scale);

    private static float Asinh(float value)
    {
        var size = MathF.Abs(value);
        return MathF.CopySign(MathF.Log(size + MathF.Sqrt((size * size) + 1)), value);
    }

    private static Span<float> Row(float[] values, int row, int length) => values.AsSpan(row * length, length);
}
