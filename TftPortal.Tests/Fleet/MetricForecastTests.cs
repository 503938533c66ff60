using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Tests.Fleet;

public class MetricForecastTests
{
    public static TheoryData<Metric> Metrics => [.. MetricCatalog.All.Select(metric => metric.Metric)];

    [Theory]
    [InlineData(0.5)]
    [InlineData(30)]
    [InlineData(365)]
    [InlineData(3650)]
    public void Uptime_is_right_to_the_minute_in_every_step(float days)
    {
        var server = AnOutlook.Of(AReading.From("web-01").At(AReading.Noon.AddMinutes(2)).WithUptime(days)).Server;

        var forecast = UptimeForecast.Of(server, AWindow.Grid, AWindow.Grid.StepOf(AReading.Noon) + 1)!;

        for (var step = 0; step < 96; step++)
        {
            for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
                Assert.InRange(TimeSpan.FromDays(forecast.At(quantile, step)) - TimeSpan.FromDays(days) - ((step + 1) * AWindow.Grid.Length), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Quantiles_come_back_as_they_went_in_within_the_codes_resolution(Metric metric)
    {
        var percentage = MetricCatalog.Of(metric).IsPercentage;
        Gen.Float[0, percentage ? 100 : 10_000].Array[7].Array[1, 96].Sample(steps =>
        {
            foreach (var step in steps) Array.Sort(step);
            var forecast = MetricForecast.From(metric, ForecastSource.Tft, [.. steps.SelectMany(step => step)]);

            AssertSame(steps, forecast, value => percentage ? 0.001f : 1e-4f + (0.0003f * value));
        });
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_line_comes_back_to_the_bit(Metric metric) =>
        Gen.Float[0, MetricCatalog.Of(metric).IsPercentage ? 100 : 1e9f].Array[1, 96].Sample(values =>
        {
            var steps = values.Select(value => Enumerable.Repeat(value, QuantileLevels.Count).ToArray()).ToArray();

            AssertSame(steps, MetricForecast.From(metric, ForecastSource.Computed, [.. steps.SelectMany(step => step)]), _ => 0);
        });

    [Theory]
    [InlineData(Metric.MemUsedPercent, -3, 0)]
    [InlineData(Metric.MemUsedPercent, 104, 100)]
    [InlineData(Metric.UptimeDays, -3, 0)]
    [InlineData(Metric.LoadAverage, 2e9f, 1e9f)]
    public void A_line_stays_within_its_metric_s_range(Metric metric, float value, float expected) =>
        Assert.Equal(expected, MetricForecast.From(metric, ForecastSource.Computed, [.. Enumerable.Repeat(value, 7)]).At(3, 0));

    [Fact]
    public void A_value_that_is_not_finite_is_refused()
    {
        Assert.Throws<ArgumentException>(() => MetricForecast.From(Metric.MemUsedPercent, ForecastSource.Tft, [.. Enumerable.Repeat(float.NaN, 7)]));
        Assert.Throws<ArgumentException>(() => MetricForecast.From(Metric.LoadAverage, ForecastSource.Tft, [1, 2, 3, 4, 5, 6, float.PositiveInfinity]));
    }

    private static void AssertSame(float[][] steps, MetricForecast forecast, Func<float, float> tolerance)
    {
        Assert.Equal(steps.Length, forecast.Steps);
        var copied = new float[steps.Length];
        for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
        {
            forecast.CopyTo(quantile, copied);
            for (var step = 0; step < steps.Length; step++)
            {
                Assert.InRange(forecast.At(quantile, step), steps[step][quantile] - tolerance(steps[step][quantile]), steps[step][quantile] + tolerance(steps[step][quantile]));
                Assert.Equal(forecast.At(quantile, step), copied[step]);
            }
        }
    }
}
