using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Loop;

namespace TftPortal.Tests.Loop;

public class EngineLoopTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reading_becomes_a_picture_with_forecasts_of_all_its_metrics()
    {
        await using var engine = await RunningEngine.StartAsync();

        var receipt = await engine.Intake.SubmitAsync(AReading.From("web-01").WithCpu(40).WithMemory(60).WithUptime(12).Batch(), Stop);
        var picture = await engine.PictureAsync(picture => picture.Servers.Length == 1);

        Assert.Empty(receipt.Refused);
        Assert.Equal(1, receipt.Counts.Tick);
        var server = picture.ByName["web-01"];
        Assert.Equal(ForecastSource.Baseline, server.Forecast.ModelType);
        Assert.Equal(96, server.Forecast.Of(Metric.MemUsedPercent)!.Steps);
        Assert.Equal(ForecastSource.Computed, server.Forecast.Of(Metric.UptimeDays)!.Source);
        Assert.Null(server.Forecast.Of(Metric.DiskUsagePercent));
    }

    [Fact]
    public async Task A_fleet_in_trouble_is_alerted_on_after_a_single_batch()
    {
        await using var engine = await RunningEngine.StartAsync();

        await engine.Intake.SubmitAsync(ABatch.Of(Enumerable.Range(1, 20).Select(number =>
            AReading.From($"web-{number:00}").WithCpu(99).WithMemory(99).WithIowait(60))), Stop);
        var picture = await engine.PictureAsync(picture => picture.Servers.Length == 20);

        Assert.Equal(60, picture.Alerts.Length);
        Assert.All(picture.Alerts, alert => Assert.Equal(AlertSeverity.Critical, alert.Severity));
        Assert.All(picture.Servers, server => Assert.Equal(RiskLevel.Critical, server.Risk.Level));
        Assert.Equal(("critical", 20), (picture.Health.Health, picture.Health.HighRiskServers));
    }

    [Fact]
    public async Task An_idle_fleet_raises_no_alert()
    {
        await using var engine = await RunningEngine.StartAsync();

        await engine.Intake.SubmitAsync(ABatch.Of(Enumerable.Range(1, 20).Select(number =>
            AReading.From($"web-{number:00}").WithCpu(2).WithMemory(30).With(Metric.NetInMegabytesPerSecond, 100).With(Metric.NetOutMegabytesPerSecond, 100))), Stop);
        var picture = await engine.PictureAsync(picture => picture.Servers.Length == 20);

        Assert.Empty(picture.Alerts);
        Assert.Equal("healthy", picture.Health.Health);
    }

    [Fact]
    public async Task The_servers_most_at_risk_come_first()
    {
        await using var engine = await RunningEngine.StartAsync();

        await engine.Intake.SubmitAsync(ABatch.Of(
            AReading.From("calm-b").WithMemory(20), AReading.From("calm-a").WithMemory(20), AReading.From("full").WithMemory(99)), Stop);
        var picture = await engine.PictureAsync(picture => picture.Servers.Length == 3);

        Assert.Equal(["full", "calm-a", "calm-b"], picture.Servers.Select(server => server.Server.Name));
    }

    [Fact]
    public async Task Pictures_go_on_without_new_data_and_move_with_the_time()
    {
        await using var engine = await RunningEngine.StartAsync();
        await engine.Intake.SubmitAsync(AReading.From("web-01").WithMemory(60).Batch(), Stop);
        var first = await engine.PictureAsync(picture => picture.Servers.Length == 1);

        var later = await engine.PictureAsync(picture => picture.FirstStep > first.FirstStep);

        Assert.Equal(later.Grid.StartOf(later.FirstStep), later.ByName["web-01"].Forecast.FirstStep);
        Assert.True(later.Sequence > first.Sequence);
    }

    [Fact]
    public async Task A_refused_reading_is_named_and_harms_no_other()
    {
        await using var engine = await RunningEngine.StartAsync();

        var receipt = await engine.Intake.SubmitAsync(ABatch.Of(AReading.From("web-01").At(AReading.Noon.AddDays(1)).WithMemory(1), AReading.From("web-02").WithMemory(2)), Stop);

        Assert.Equal((0, "timestamp"), (Assert.Single(receipt.Refused).Index, receipt.Refused[0].Field));
        Assert.Equal(1, receipt.Counts.ServersTracked);
        Assert.Equal(receipt.Counts, engine.Feed.Counts);
    }

    [Fact]
    public async Task A_cycle_that_fails_shows_and_the_next_one_heals_it()
    {
        var fault = new SwitchableClock(AReading.Noon);
        await using var engine = await RunningEngine.StartAsync(fault);
        await engine.Intake.SubmitAsync(AReading.From("web-01").WithMemory(60).Batch(), Stop);
        var before = await engine.PictureAsync(picture => picture.Servers.Length == 1);

        fault.FailsWhenForecasting = true;
        await engine.UntilAsync(() => engine.Feed.LastFailure is not null);
        Assert.Equal("The clock is broken.", engine.Feed.LastFailure!.Reason);
        Assert.Same(before.ByName["web-01"].Server, engine.Feed.Latest.ByName["web-01"].Server);

        fault.FailsWhenForecasting = false;
        await engine.UntilAsync(() => engine.Feed.LastFailure is null);
    }

    [Fact(Timeout = 60_000)] // it hung where a host stopped before its loop had begun
    public async Task After_the_stop_a_batch_is_cancelled_and_never_left_waiting()
    {
        var engine = await RunningEngine.StartAsync();
        await engine.StopAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Intake.SubmitAsync(AReading.From("web-01").WithMemory(60).Batch(), TestContext.Current.CancellationToken));

        await engine.DisposeAsync();
    }

    [Theory]
    [InlineData("Engine:StepSeconds", "0", "Engine:StepSeconds must be from 1 to 3600; it is 0.")]
    [InlineData("Engine:ModelFolder", "", "Engine:ModelFolder must be given; it is empty.")]
    [InlineData("Alerts:RaiseProbability", "1.5", "Alerts:RaiseProbability must be from 0.01 to 1; it is 1.5.")]
    [InlineData("Alerts:ClearProbability", "0.6", "Alerts:ClearProbability must be at most Alerts:RaiseProbability, 0.5; it is 0.6.")]
    public async Task A_wrong_setting_stops_the_start_with_its_key_its_value_and_what_is_allowed(string key, string value, string message)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningEngine.StartAsync((key, value)));

        Assert.Equal([message], refused.Failures);
    }

    [Fact]
    public async Task The_engine_measures_its_readings_cycles_and_servers()
    {
        await using var engine = await RunningEngine.StartAsync();
        var factory = engine.Services.GetRequiredService<IMeterFactory>();
        Dictionary<string, double> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == EngineMeter.Name && instrument.Meter.Scope == factory) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Note(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Note(instrument, value));
        listener.Start();

        await engine.Intake.SubmitAsync(ABatch.Of(AReading.From("web-01").WithMemory(60), AReading.From("web-02").WithMemory(60)), Stop);
        await engine.PictureAsync(picture => picture.Servers.Length == 2);
        await engine.UntilAsync(() => Measured("tft.forecast.duration") is not null);
        listener.RecordObservableInstruments();

        Assert.Equal(2, Measured("tft.intake.readings"));
        Assert.Equal(2, Measured("tft.window.servers"));

        void Note(Instrument instrument, double value)
        {
            lock (measured) measured[instrument.Name] = value;
        }

        double? Measured(string name)
        {
            lock (measured) return measured.TryGetValue(name, out var value) ? value : null;
        }
    }
}
