using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Contract;

/// <summary>Turns servers' weeks into the network's inputs. The portal and the trainer share it, so that what is learned is what is served. Not safe for two threads at once.</summary>
internal sealed class InputEncoder
{
    private readonly MetricEncoder metricEncoder = new();
    private readonly float[] converted = new float[InputShape.Week];

    /// <summary>Encodes one server.</summary>
    /// <param name="week">One week a metric of <see cref="InputBatch.Metrics"/>, one after the other: V × <see cref="InputShape.Week"/> values in the metric's unit, oldest first, NaN where missing.</param>
    /// <param name="firstStep">When the first step ahead begins.</param>
    /// <param name="step">Length of a step.</param>
    /// <param name="profile">What the server is for.</param>
    /// <param name="batch">Where to.</param>
    /// <param name="server">Which server of the batch.</param>
    /// <returns>How many metrics are present.</returns>
    public int Encode(ReadOnlySpan<float> week, DateTimeOffset firstStep, TimeSpan step, ServerProfile profile, InputBatch batch, int server)
    {
        var present = 0;
        for (var metric = 0; metric < batch.Metrics.Length; metric++)
        {
            var values = week.Slice(metric * InputShape.Week, InputShape.Week);
            if (MetricUnits.IsComplement(batch.Metrics[metric]))
            {
                for (var i = 0; i < values.Length; i++) converted[i] = MetricUnits.Convert(batch.Metrics[metric], values[i]);
                values = converted;
            }

            var isPresent = metricEncoder.Encode(values, batch, batch.Row(metric, server));
            batch.Mask[(server * batch.Metrics.Length) + metric] = isPresent ? 1 : 0;
            if (isPresent) present++;
        }

        WriteTime(firstStep, step, batch, server);
        var profiles = batch.Profile.AsSpan(server * InputShape.Profiles, InputShape.Profiles);
        profiles.Clear();
        profiles[(int)profile] = 1;
        return present;
    }

    private static void WriteTime(DateTimeOffset firstStep, TimeSpan step, InputBatch batch, int server)
    {
        var encoder = batch.EncoderTime.AsSpan(server * InputShape.EncoderTokens * InputShape.TimeFeatures, InputShape.EncoderTokens * InputShape.TimeFeatures);
        for (var token = 0; token < InputShape.EncoderTokens; token++)
        {
            var offset = token < InputShape.HourTokens
                ? -InputShape.History + (token * InputShape.Hour) + (InputShape.Hour / 2)
                : -InputShape.Recent + ((token - InputShape.HourTokens) * InputShape.Patch) + (InputShape.Patch / 2);
            WriteCalendar(firstStep + (offset * step), encoder.Slice(token * InputShape.TimeFeatures, InputShape.TimeFeatures));
        }

        var decoder = batch.DecoderTime.AsSpan(server * InputShape.DecoderTokens * InputShape.HorizonTimeFeatures, InputShape.DecoderTokens * InputShape.HorizonTimeFeatures);
        for (var token = 0; token < InputShape.DecoderTokens; token++)
        {
            var features = decoder.Slice(token * InputShape.HorizonTimeFeatures, InputShape.HorizonTimeFeatures);
            var offset = (token * InputShape.Patch) + (InputShape.Patch / 2);
            WriteCalendar(firstStep + (offset * step), features);
            features[InputShape.TimeFeatures] = (MathF.Log(1 + offset) / 2) - 1.5f;
            features[InputShape.TimeFeatures + 1] = (offset / (float)InputShape.Horizon * 2) - 1;
        }
    }

    private static void WriteCalendar(DateTimeOffset time, Span<float> features)
    {
        var utc = time.UtcDateTime;
        var angle = 2 * MathF.PI * (float)(utc.TimeOfDay.TotalSeconds / 86_400);
        (features[0], features[1]) = MathF.SinCos(angle);
        (features[2], features[3]) = MathF.SinCos(2 * angle);
        features[4] = utc.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
    }
}
