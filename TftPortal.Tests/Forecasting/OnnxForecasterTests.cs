using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Settings;

namespace TftPortal.Tests.Forecasting;

public sealed partial class OnnxForecasterTests
{
    private static readonly string Model = Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default");

    [Fact]
    public void A_server_with_a_day_of_all_metrics_gets_96_ordered_steps_of_each_in_range()
    {
        var forecast = Forecast(AllMetrics("web-01", 288));
        Assert.Equal(ForecastSource.Tft, forecast.ModelType);
        foreach (var definition in MetricCatalog.All)
        {
            var metric = forecast.Of(definition.Metric)!;
            Assert.Equal(96, metric.Steps);
            for (var step = 0; step < metric.Steps; step++)
            {
                Assert.InRange(metric.At(0, step), 0, definition.Maximum);
                Assert.InRange(metric.At(QuantileLevels.Count - 1, step), 0, definition.Maximum);
                for (var quantile = 1; quantile < QuantileLevels.Count; quantile++) Assert.True(metric.At(quantile, step) >= metric.At(quantile - 1, step));
            }
        }
    }

    [Fact]
    public void The_runtime_is_told_to_send_nothing_to_its_maker_where_native_code_reads_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows asks its own settings.");
        Forecast(AllMetrics("web-01", 288));
        Assert.Equal("1", System.Runtime.InteropServices.Marshal.PtrToStringUTF8(GetVariable(RuntimeTelemetry.Variable)));
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = System.Runtime.InteropServices.StringMarshalling.Utf8)]
    private static partial nint GetVariable(string name);

    [Fact]
    public void A_server_is_forecast_alike_alone_and_among_forty()
    {
        var alone = Forecast(AllMetrics("web-01", 288));
        var many = Forecast([.. Enumerable.Range(0, 40).Select(index => AllMetrics($"web-{index:D2}", 200 + index).Snapshot()), AllMetrics("web-01", 288).Snapshot()])[^1];
        for (var step = 0; step < 96; step++) Assert.Equal(alone.Of(Metric.MemUsedPercent)!.At(QuantileLevels.P50, step), many.Of(Metric.MemUsedPercent)!.At(QuantileLevels.P50, step), .02f);
    }

    [Fact]
    public void Twelve_observed_steps_suffice_and_eleven_do_not()
    {
        using var model = Open();
        Assert.True(model.CanForecast(AllMetrics("a", 12).Snapshot(), AllMetrics("a", 12).FirstStep));
        Assert.False(model.CanForecast(AllMetrics("a", 11).Snapshot(), AllMetrics("a", 11).FirstStep));
    }

    [Fact]
    public void A_metric_that_is_not_sent_is_not_forecast_and_the_others_are()
    {
        var forecast = Forecast(AHistory.Of("a").With(Metric.MemUsedPercent, step => 40 + (step % 7)));
        Assert.NotNull(forecast.Of(Metric.MemUsedPercent));
        Assert.Null(forecast.Of(Metric.SwapUsedPercent));
    }

    [Fact]
    public void A_model_of_another_contract_is_refused_by_what_differs()
    {
        var path = Path.Combine(Path.GetTempPath(), $"contract-{Guid.NewGuid():N}.json");
        try
        {
            new ModelContract { Version = "x", HorizonSteps = 12 }.Save(path);
            Assert.Contains("12", Assert.Throws<InvalidDataException>(() => ModelContract.Load(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, "no json");
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ModelContract.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static AHistory AllMetrics(string server, int steps) =>
        MetricCatalog.All.Aggregate(AHistory.Of(server).Steps(steps), (history, metric) => history.With(metric.Metric, step => 20 + (10 * MathF.Sin(step / 40f)) + ((step * 7 + (int)metric.Metric) % 5)));

    private static ServerForecast Forecast(AHistory history) => Forecast([history.Snapshot()])[0];

    private static ServerForecast[] Forecast(IReadOnlyList<ServerSnapshot> servers)
    {
        using var model = Open();
        var forecasts = new ServerForecast?[servers.Count];
        model.Forecast(servers, AHistory.Of("any").FirstStep, forecasts, CancellationToken.None);
        return forecasts!;
    }

    private static OnnxForecaster Open() => new(Model, AWindow.Grid, TimeProvider.System);
}
