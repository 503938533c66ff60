using TftPortal.Engine.Fleet;
using TftPortal.Tests.Builders;

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
}
