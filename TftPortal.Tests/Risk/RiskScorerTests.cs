using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Risk;

public class RiskScorerTests
{
    private static readonly DateTimeOffset Now = AReading.Noon;

    [Theory]
    [InlineData(30, RiskLevel.Healthy)]
    [InlineData(87, RiskLevel.Degrading)]
    [InlineData(90, RiskLevel.Warning)]
    [InlineData(98, RiskLevel.Critical)]
    [InlineData(100, RiskLevel.Critical)]
    public void A_server_is_as_bad_as_what_it_shows_now(float memory, RiskLevel level) =>
        Assert.Equal(level, Score(AReading.From("web-01").WithMemory(memory)).Level);

    [Fact]
    public void A_critical_value_expected_within_half_an_hour_is_critical_and_one_tonight_a_warning()
    {
        var soon = Score(AReading.From("web-01").WithMemory(50), AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 3 ? 50 : 99));
        var tonight = Score(AReading.From("web-01").WithMemory(50), AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 60 ? 50 : 99));

        Assert.Equal((RiskLevel.Critical, 1), (soon.Level, soon.ProbabilityIn30Minutes));
        Assert.Equal((RiskLevel.Warning, 0, 1), (tonight.Level, tonight.ProbabilityIn30Minutes, tonight.ProbabilityIn8Hours));
    }

    [Fact]
    public void What_is_foreseen_is_what_the_forecast_reaches_and_is_not_there_yet_the_soonest_first()
    {
        var risk = Score(
            AReading.From("web-01").WithMemory(50).With(Metric.DiskUsagePercent, 60).With(Metric.SwapUsedPercent, 60),
            AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 60 ? 50 : 99).With(Metric.DiskUsagePercent, step => step < 12 ? 60 : 90).With(Metric.SwapUsedPercent, 60, 1));

        Assert.Equal([(Metric.DiskUsagePercent, false, 13), (Metric.MemUsedPercent, true, 61)], risk.Foreseen.Select(breach => (breach.Metric, breach.IsCritical, (int)Math.Ceiling((breach.At - Now) / TimeSpan.FromMinutes(5)))));
    }

    [Fact]
    public void An_idle_server_at_100_megabytes_a_second_is_healthy()
    {
        var risk = Score(
            AReading.From("web-01").WithCpu(2).With(Metric.NetInMegabytesPerSecond, 100),
            AForecast.Of("web-01").With(Metric.CpuIdlePercent, 98, 1).With(Metric.NetInMegabytesPerSecond, 100, 30));

        Assert.InRange(risk.Value, 0, 5);
    }

    [Fact]
    public void No_idle_time_left_is_critical_now_and_ahead()
    {
        var risk = Score(AReading.From("web-01").WithCpu(50), AForecast.Of("web-01").With(Metric.CpuIdlePercent, 1));

        Assert.Equal(1, risk.ProbabilityIn30Minutes);
        Assert.Equal(("cpu_used_pct", Metric.CpuIdlePercent, 95f), (risk.Worst!.Measure, risk.Worst.Metric, risk.Worst.Threshold));
        Assert.Equal(99, risk.Worst.Value, 0.01f);
    }

    [Fact]
    public void A_threshold_met_exactly_counts_as_reached_in_a_forecast_too()
    {
        Assert.Equal(1, Score(AReading.From("db-01"), AForecast.Of("db-01").With(Metric.MemUsedPercent, 98)).ProbabilityIn30Minutes);
        Assert.Equal(1, Score(AReading.From("db-01"), AForecast.Of("db-01").With(Metric.CpuIdlePercent, 5)).ProbabilityIn30Minutes);
        Assert.Equal(1, Score(AReading.From("db-01"), AForecast.Of("db-01").With(Metric.LoadAverage, 12)).ProbabilityIn30Minutes);
    }

    [Fact]
    public void A_database_may_fill_the_memory_that_it_is_given()
    {
        var web = Score(AReading.From("db-01").WithMemory(94));
        var database = Score(AReading.From("db-01").WithMemory(94).WithProfile(ServerProfile.Database));

        Assert.Equal((RiskLevel.Warning, RiskLevel.Degrading), (web.Level, database.Level));
    }

    [Fact]
    public void A_value_of_an_hour_ago_says_nothing_about_now() =>
        Assert.Equal(RiskLevel.Healthy, Scorer().Score(AnOutlook.Of(AReading.From("web-01").WithMemory(99)).Server, AForecast.Of("web-01").Made(), Now.AddHours(1)).Level);

    [Fact]
    public void The_worst_forecast_says_what_and_when()
    {
        var risk = Score(
            AReading.From("web-01").WithMemory(50).With(Metric.DiskUsagePercent, 60),
            AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 11 ? 50 : 99).With(Metric.DiskUsagePercent, 61));

        Assert.Equal(("mem_used_pct", Now.AddHours(1)), (risk.Worst!.Measure, risk.Worst.At));
        Assert.Equal(1, risk.Worst.Probability);
    }

    [Fact]
    public void Risk_never_falls_when_what_is_now_or_ahead_gets_worse() =>
        Gen.Select(Gen.Float[0, 100], Gen.Float[0, 100], Gen.Float[0, 100], Gen.Float[0, 15], Gen.Float[0, 40]).Sample((now, ahead, other, spread, worse) =>
        {
            var before = Risk(now, ahead);
            Assert.True(Risk(Math.Min(100, now + worse), ahead).Value >= before.Value);
            Assert.True(Risk(now, Math.Min(100, ahead + worse)).Value >= before.Value - 0.05); // the forecast's 16-bit codes
            Assert.InRange(before.Value, 0, 100);

            RiskScore Risk(float memoryNow, float memoryAhead) => Score(
                AReading.From("web-01").WithMemory(memoryNow).WithCpu(other), AForecast.Of("web-01").With(Metric.MemUsedPercent, memoryAhead, spread));
        });

    [Fact]
    public void Risk_is_between_0_and_100_for_any_load() =>
        Gen.Select(Gen.Float[0, 1e9f], Gen.Float[0, 1e9f]).Sample((load, ahead) =>
            Assert.InRange(Score(AReading.From("web-01").With(Metric.LoadAverage, load), AForecast.Of("web-01").With(Metric.LoadAverage, ahead)).Value, 0, 100));

    private static RiskScorer Scorer() => new(AnOutlook.Watchlist, AWindow.Grid);

    private static RiskScore Score(AReading reading, AForecast? forecast = null)
    {
        var outlook = AnOutlook.Of(reading, forecast);
        return Scorer().Score(outlook.Server, outlook.Forecast, Now);
    }
}
