using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Tests.Forecasting;

/// <summary>What holds for any past, however odd.</summary>
public class BaselineForecasterProperties
{
    private static readonly Gen<Func<int, float>> AnyPast =
        from kind in Gen.Int[0, 5]
        from seed in Gen.Int[1, 1000]
        from gaps in Gen.Int[0, 95]
        select new Func<int, float>(step =>
        {
            var random = new Random((seed * 7919) + step);
            if (random.Next(100) < gaps) return float.NaN;
            return kind switch
            {
                0 => 42,
                1 => 0,
                2 => 100 * random.NextSingle(),
                3 => random.Next(50) == 0 ? 1e9f : 1e-4f,
                4 => float.MaxValue,
                _ => 50 + (50 * MathF.Sin(step / 45.8f)),
            };
        });

    [Fact]
    public void Quantiles_are_ordered_and_within_the_metrics_range_in_every_step() =>
        Gen.Select(AnyPast, Gen.Int[1, 2100], Gen.Int[0, MetricCatalog.Count - 1], Gen.Int[0, 300]).Sample(
            (past, length, metric, silence) =>
            {
                var definition = MetricCatalog.All[metric];
                var history = AHistory.Of("web-01").Steps(length).With(definition.Metric, step => definition.Clamp(past(step)));
                var known = Enumerable.Range(0, length).Any(step => !float.IsNaN(past(step)) && step >= length - 2016);

                var forecast = new BaselineForecaster(AWindow.Grid, new FakeTimeProvider()).Forecast(history.Snapshot(), definition.Metric, history.FirstStep + silence);

                if (!known) return;
                Assert.NotNull(forecast);
                Assert.Equal(96, forecast.Steps);
                for (var step = 0; step < 96; step++)
                {
                    for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
                    {
                        var value = forecast.At(quantile, step);
                        Assert.InRange(value, 0, Math.Min(definition.Maximum, MetricCodec.Saturation * 1.001f));
                        if (quantile > 0) Assert.True(value >= forecast.At(quantile - 1, step));
                    }
                }
            },
            iter: 60);
}
