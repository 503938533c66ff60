using CsCheck;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Contract;

public sealed class InputEncoderTests
{
    [Fact]
    public void Inputs_are_finite_whatever_the_history() =>
        Gen.Select(Gen.OneOf(Gen.Const(float.NaN), Gen.Float[0, 100], Gen.Const(0f), Gen.Const(1e9f)).Array[InputShape.Week], Gen.Int[0, InputShape.Week]).Sample((week, known) =>
        {
            week.AsSpan(0, InputShape.Week - known).Fill(float.NaN);
            var batch = Encode(Metric.NetInMegabytesPerSecond, week);
            foreach (var inputs in (ReadOnlySpan<float[]>)[batch.Encoder, batch.Decoder, batch.Statics, batch.Series, batch.Anchors, batch.Centre, batch.Scale])
                Assert.All(inputs, value => Assert.True(float.IsFinite(value)));
        }, iter: 50);

    [Fact]
    public void A_metric_with_eleven_values_in_the_last_day_is_no_input_and_with_twelve_it_is()
    {
        Assert.Equal(0, Encode(Metric.MemUsedPercent, Known(11)).Mask[0]);
        Assert.Equal(1, Encode(Metric.MemUsedPercent, Known(12)).Mask[0]);

        static float[] Known(int steps) => [.. Enumerable.Repeat(float.NaN, InputShape.Week - steps), .. Enumerable.Range(0, steps).Select(step => 40f + (step % 3))];
    }

    [Fact]
    public void Nothing_of_the_anchors_comes_from_ahead_of_yesterday()
    {
        // A ramp: the value of a step is its number, so an anchor says which step it was read from.
        var batch = Encode(Metric.NetInMegabytesPerSecond, [.. Enumerable.Range(0, InputShape.Week).Select(step => (float)step)]);
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            var exact = (batch.Series[(step * InputShape.SeriesAnchors) + 2] * batch.Scale[0]) + batch.Centre[0];
            Assert.Equal(InputShape.Week - InputShape.History + step, exact, .1f);
        }
    }

    [Fact]
    public void The_scale_and_the_centre_bring_a_value_back()
    {
        var batch = Encode(Metric.CpuIdlePercent, [.. Enumerable.Range(0, InputShape.Week).Select(step => 60f + (step % 12))]);
        var last = (batch.Anchors[0] * batch.Scale[0]) + batch.Centre[0];
        Assert.Equal(100 - (60 + ((InputShape.Week - 1) % 12)), last, .001f); // the network sees used CPU
    }

    private static InputBatch Encode(Metric metric, float[] week)
    {
        var batch = new InputBatch(1, [metric]);
        new InputEncoder().Encode(week, AReading.Noon, TimeSpan.FromMinutes(5), ServerProfile.Generic, batch, 0);
        return batch;
    }
}
