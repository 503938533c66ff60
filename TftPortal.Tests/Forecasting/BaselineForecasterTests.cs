using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Tests.Forecasting;

public class BaselineForecasterTests
{
    [Fact]
    public void A_daily_rhythm_goes_on()
    {
        var history = AHistory.Of("web-01").Steps(4 * 288).With(Metric.CpuUserPercent, Rhythm);

        var forecast = Forecast(history, Metric.CpuUserPercent)!;

        Assert.All(Enumerable.Range(0, 96), step => Assert.Equal(Rhythm((4 * 288) + step), forecast.At(QuantileLevels.P50, step), 3f));
    }

    [Fact]
    public void What_is_off_its_rhythm_now_returns_to_it()
    {
        var history = AHistory.Of("web-01").Steps(4 * 288).With(Metric.CpuUserPercent, step => Rhythm(step) + (step >= (4 * 288) - 3 ? 12 : 0));

        var forecast = Forecast(history, Metric.CpuUserPercent)!;

        Assert.InRange(forecast.At(QuantileLevels.P50, 0) - Rhythm(4 * 288), 8, 14);
        Assert.InRange(forecast.At(QuantileLevels.P50, 95) - Rhythm((4 * 288) + 95), -3, 3);
    }

    [Fact]
    public void A_single_reading_goes_on_flat_and_ever_less_certain()
    {
        var forecast = Forecast(AHistory.Of("web-01").Steps(1).With(Metric.MemUsedPercent, 60), Metric.MemUsedPercent)!;

        Assert.All(Enumerable.Range(0, 96), step => Assert.Equal(60, forecast.At(QuantileLevels.P50, step), 0.01f));
        Assert.InRange(Width(forecast, 0), 0.5f, 5);
        Assert.True(Width(forecast, 95) > 3 * Width(forecast, 0));
    }

    [Fact]
    public void What_never_moved_is_expected_to_stay()
    {
        var forecast = Forecast(AHistory.Of("web-01").Steps(3 * 288).With(Metric.DiskUsagePercent, 40), Metric.DiskUsagePercent)!;

        Assert.Equal(40, forecast.At(QuantileLevels.P50, 95), 0.01f);
        Assert.InRange(Width(forecast, 95), 0, 1);
    }

    [Fact]
    public void A_leak_is_expected_to_go_on()
    {
        var history = AHistory.Of("web-01").Steps(200).With(Metric.MemUsedPercent, step => 40 + (step / 12f)); // a point an hour

        var forecast = Forecast(history, Metric.MemUsedPercent)!;

        Assert.InRange(forecast.At(QuantileLevels.P50, 95), 60, 66); // 56.6 + 8 would be the line
    }

    [Fact]
    public void The_less_is_known_the_wider_the_forecast()
    {
        var few = Forecast(AHistory.Of("web-01").Steps(6).With(Metric.MemUsedPercent, Noise), Metric.MemUsedPercent)!;
        var many = Forecast(AHistory.Of("web-01").Steps(288).With(Metric.MemUsedPercent, Noise), Metric.MemUsedPercent)!;

        Assert.True(Width(few, 47) > 1.5 * Width(many, 47), $"{Width(few, 47)} and {Width(many, 47)}");
    }

    [Fact]
    public void Four_of_five_values_fall_between_p10_and_p90()
    {
        var inside = 0;
        for (var origin = 3 * 288; origin < (3 * 288) + 960; origin += 96)
        {
            var start = origin - (3 * 288);
            var forecast = Forecast(AHistory.Of("web-01").Steps(3 * 288).With(Metric.CpuUserPercent, step => Noise(start + step)), Metric.CpuUserPercent)!;
            inside += Enumerable.Range(0, 96).Count(step => Noise(origin + step) is var value && value >= forecast.At(QuantileLevels.P10, step) && value <= forecast.At(QuantileLevels.P90, step));
        }

        Assert.InRange(inside / 960.0, 0.7, 0.95);
    }

    [Fact]
    public void After_an_hour_of_silence_the_last_known_values_go_on()
    {
        var silent = Forecast(AHistory.Of("web-01").Steps(100).With(Metric.MemUsedPercent, step => step < 88 ? Noise(step) : float.NaN), Metric.MemUsedPercent)!;
        var heard = Forecast(AHistory.Of("web-01").Steps(88).Until(AReading.Noon.AddHours(-1)).With(Metric.MemUsedPercent, Noise), Metric.MemUsedPercent)!;

        Assert.Equal(heard.At(QuantileLevels.P50, 12), silent.At(QuantileLevels.P50, 0), 0.01f);
        Assert.Equal(Width(heard, 12), Width(silent, 0), 0.01f);
    }

    [Fact]
    public void A_metric_never_sent_has_no_forecast()
    {
        Assert.Null(Forecast(AHistory.Of("web-01").With(Metric.MemUsedPercent, 40), Metric.SwapUsedPercent));
        Assert.Null(Forecast(AHistory.Of("web-01").With(Metric.MemUsedPercent, 40), Metric.UptimeDays));
    }

    [Fact]
    public void What_came_after_the_first_step_to_forecast_is_not_looked_at()
    {
        var history = AHistory.Of("web-01").Steps(100).With(Metric.MemUsedPercent, step => step < 80 ? Noise(step) : 99);
        var known = AHistory.Of("web-01").Steps(80).Until(AReading.Noon.AddMinutes(-100)).With(Metric.MemUsedPercent, Noise);

        var forecast = Forecaster().Forecast(history.Snapshot(), Metric.MemUsedPercent, known.FirstStep)!;

        Assert.Equal(Values(Forecast(known, Metric.MemUsedPercent)!), Values(forecast));
    }

    [Fact]
    public void A_host_whose_clock_is_fast_is_forecast_from_its_only_reading()
    {
        var window = AWindow.Empty().With(AReading.Noon, AReading.From("web-01").At(AReading.Noon.AddMinutes(8)).WithMemory(70));
        var snapshot = window.Snapshot(AReading.Noon);

        var forecast = Forecaster().Forecast(snapshot.Server("web-01"), Metric.MemUsedPercent, snapshot.FirstStep)!;

        Assert.Equal(70, forecast.At(QuantileLevels.P50, 95), 0.01f);
    }

    [Fact]
    public void Uptime_grows_by_a_day_a_day()
    {
        var forecast = Forecast(AHistory.Of("web-01").With(Metric.UptimeDays, step => 2 + (step / 288f)), Metric.UptimeDays)!;

        Assert.Equal(ForecastSource.Computed, forecast.Source);
        Assert.All(Enumerable.Range(0, 96), step => Assert.Equal(3 + (step / 288f), forecast.At(QuantileLevels.P50, step), 0.002f));
        Assert.Equal(forecast.At(0, 95), forecast.At(6, 95));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(900)]
    [InlineData(3600)]
    public void Any_grid_will_do(int stepSeconds)
    {
        var history = AHistory.Of("web-01").On(new(stepSeconds)).Steps(150).With(Metric.CpuUserPercent, Noise);

        var forecast = new BaselineForecaster(history.Grid, new FakeTimeProvider()).Forecast(history.Snapshot(), Metric.CpuUserPercent, history.FirstStep)!;

        Assert.Equal(96, forecast.Steps);
        Assert.InRange(forecast.At(QuantileLevels.P50, 95), 40, 60);
    }

    [Fact]
    public void It_says_what_it_is()
    {
        var history = AHistory.Of("web-01").With(Metric.MemUsedPercent, 40);
        var forecasts = new ServerForecast?[1];

        Forecaster().Forecast([history.Snapshot()], history.FirstStep, forecasts, CancellationToken.None);

        Assert.Equal(ForecastSource.Baseline, forecasts[0]!.ModelType);
        Assert.Equal("baseline-1", forecasts[0]!.ModelVersion);
        Assert.Equal(AReading.Noon, forecasts[0]!.FirstStep);
        Assert.Equal(ForecastSource.Baseline, forecasts[0]!.Of(Metric.MemUsedPercent)!.Source);
    }

    private static float Rhythm(int step) => 50 + (30 * MathF.Sin(step * MathF.Tau / 288));

    /// <summary>Around 50, standard deviation about 3, the same every run.</summary>
    private static float Noise(int step) => 50 + (6 * ((MathF.Abs(MathF.Sin((step + 1) * 12.9898f) * 43758.547f) % 1) + (MathF.Abs(MathF.Sin((step + 1) * 78.233f) * 12543.123f) % 1) - 1));

    private static float Width(MetricForecast forecast, int step) => forecast.At(QuantileLevels.P90, step) - forecast.At(QuantileLevels.P10, step);

    private static float[] Values(MetricForecast forecast) =>
        [.. from quantile in Enumerable.Range(0, QuantileLevels.Count) from step in Enumerable.Range(0, 96) select forecast.At(quantile, step)];

    private static BaselineForecaster Forecaster() => new(AWindow.Grid, new FakeTimeProvider(AReading.Noon));

    private static MetricForecast? Forecast(AHistory history, Metric metric) => Forecaster().Forecast(history.Snapshot(), metric, history.FirstStep);
}
