using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Alerts;

public class AlertDeskTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;
    private readonly AlertDesk desk = new(AnOutlook.Watchlist, new(), AWindow.Grid);

    [Fact]
    public void A_fleet_at_99_percent_cpu_and_memory_and_60_percent_iowait_alerts_on_all_of_it()
    {
        var fleet = Enumerable.Range(1, 20).Select(number =>
            AnOutlook.Of(AReading.From($"web-{number:00}").WithCpu(99).WithMemory(99).WithIowait(60)));

        var alerts = desk.Review(fleet, Noon);

        Assert.Equal(60, alerts.Length);
        Assert.All(alerts, alert => Assert.Equal((AlertSeverity.Critical, AlertState.Breaching, 1), (alert.Severity, alert.State, alert.Probability)));
        Assert.All(alerts.GroupBy(alert => alert.Server), server => Assert.Equal(["cpu_iowait_pct", "cpu_used_pct", "mem_used_pct"], server.Select(alert => alert.Metric).Order()));
    }

    [Fact]
    public void An_idle_fleet_at_100_megabytes_a_second_raises_none() =>
        Assert.Empty(desk.Review(
            [AnOutlook.Of(
                AReading.From("web-01").WithCpu(2).With(Metric.NetInMegabytesPerSecond, 100).With(Metric.NetOutMegabytesPerSecond, 100),
                AForecast.Of("web-01").With(Metric.CpuIdlePercent, 98, 1).With(Metric.NetInMegabytesPerSecond, 100, 20))],
            Noon));

    [Fact]
    public void A_database_at_99_percent_memory_is_critical_and_at_94_nothing()
    {
        var alerts = desk.Review([AnOutlook.Of(Database("full", 99)), AnOutlook.Of(Database("filling", 95)), AnOutlook.Of(Database("fine", 94))], Noon);

        Assert.Equal([("full", AlertSeverity.Critical), ("filling", AlertSeverity.Warning)], alerts.Select(alert => (alert.Server, alert.Severity)));

        static AReading Database(string name, float memory) => AReading.From(name).WithProfile(ServerProfile.Database).WithMemory(memory);
    }

    [Fact]
    public void A_breach_says_what_is_and_what_is_allowed()
    {
        var alert = Assert.Single(Review(Noon, AReading.From("web-01").WithMemory(98.25f)));

        Assert.Equal("web-01: memory is at 98.3 %, critical from 98 %.", alert.Message);
        Assert.Equal((98.25, 98, 0, 0), (alert.PredictedValue, alert.Threshold, alert.StepsAhead, alert.MinutesAhead));
        Assert.Equal((Noon, Noon), (alert.StartedAt, alert.BreachAt));
    }

    [Fact]
    public void A_danger_ahead_says_what_and_when_and_how_probable()
    {
        var alert = Assert.Single(Review(Noon.AddMinutes(2), AReading.From("web-01").WithMemory(60),
            AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 6 ? 60 : 92)));

        Assert.Equal("web-01: memory predicted to reach 90 % (p50) at 12:35 UTC, probability 100 %.", alert.Message);
        Assert.Equal((AlertSeverity.Warning, AlertState.Predicted), (alert.Severity, alert.State));
        Assert.Equal((7, 33, Noon.AddMinutes(35)), (alert.StepsAhead, alert.MinutesAhead, alert.BreachAt));
        Assert.Equal(92, alert.PredictedValue, 0.01f);
        Assert.Equal("tft-test", alert.ModelVersion);
    }

    [Fact]
    public void A_danger_that_p90_sees_for_the_whole_hour_is_raised_by_p90()
    {
        var alert = Assert.Single(Review(Noon, AReading.From("web-01").With(Metric.DiskUsagePercent, 75), AForecast.Of("web-01").With(Metric.DiskUsagePercent, 80, 6)));

        Assert.Contains("(p90)", alert.Message, StringComparison.Ordinal);
        Assert.InRange(alert.Probability, 0.3, 1);
    }

    [Theory]
    [InlineData(9, 1, false)] // a nightly job's
    [InlineData(9, 9, true)]
    [InlineData(9, float.NaN, true)] // nothing is known that speaks against it
    [InlineData(13, 1, true)] // what is critical waits for nothing
    public void A_load_average_is_a_warning_when_the_step_before_bears_it_out(float load, float before, bool isRaised)
    {
        var window = AWindow.Empty();
        foreach (var (time, value) in new[] { (Noon.AddMinutes(-5), before), (Noon, load) })
            window = window.With(time, AReading.From("web-01").At(time).WithCpu(20).With(Metric.LoadAverage, value));

        var alerts = desk.Review([new(window.Snapshot(Noon).Servers.Single(), AForecast.Of("web-01").Made(), RiskScore.None)], Noon);

        Assert.Equal(isRaised, !alerts.IsEmpty);
    }

    [Fact]
    public void What_is_expected_after_the_look_ahead_is_no_alert_yet() =>
        Assert.Empty(Review(Noon, AReading.From("web-01").WithMemory(60), AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 12 ? 60 : 99)));

    [Fact]
    public void An_improbable_danger_is_no_alert() =>
        Assert.Empty(Review(Noon, AReading.From("web-01").WithMemory(60), AForecast.Of("web-01").With(Metric.MemUsedPercent, 60, 15)));

    [Fact]
    public void An_alert_keeps_its_identity_while_it_lasts()
    {
        var predicted = Assert.Single(Review(Noon, AReading.From("web-01").WithMemory(60), AForecast.Of("web-01").With(Metric.MemUsedPercent, 92)));
        var warning = Assert.Single(Review(Noon.AddMinutes(5), AReading.From("web-01").At(Noon.AddMinutes(5)).WithMemory(93)));
        var critical = Assert.Single(Review(Noon.AddMinutes(10), AReading.From("web-01").At(Noon.AddMinutes(10)).WithMemory(99)));

        Assert.Equal([AlertState.Predicted, AlertState.Breaching, AlertState.Breaching], [predicted.State, warning.State, critical.State]);
        Assert.Equal((predicted.Id, predicted.StartedAt), (critical.Id, critical.StartedAt));
        Assert.Equal((AlertSeverity.Warning, AlertSeverity.Critical), (warning.Severity, critical.Severity));
        Assert.Equal(Noon.AddMinutes(10), critical.BreachAt);
    }

    [Fact]
    public void An_alert_clears_only_after_ten_quiet_minutes()
    {
        var raised = Assert.Single(Review(Noon, Memory(Noon, 93)));

        var quiet = Assert.Single(Review(Noon.AddMinutes(1), Memory(Noon.AddMinutes(1), 50)));
        Assert.Equal(raised.Id, quiet.Id);
        Assert.Equal("web-01: memory is at 50 %, below 90 % again; clears if it stays so.", quiet.Message);
        Assert.Single(Review(Noon.AddMinutes(10), Memory(Noon.AddMinutes(10), 50)));
        Assert.Empty(Review(Noon.AddMinutes(11), Memory(Noon.AddMinutes(11), 50)));
        Assert.NotEqual(raised.Id, Assert.Single(Review(Noon.AddMinutes(12), Memory(Noon.AddMinutes(12), 93))).Id);
    }

    [Fact]
    public void A_relapse_starts_the_quiet_time_again()
    {
        var raised = Assert.Single(Review(Noon, Memory(Noon, 93)));
        Review(Noon.AddMinutes(1), Memory(Noon.AddMinutes(1), 50));
        Review(Noon.AddMinutes(9), Memory(Noon.AddMinutes(9), 93));
        Review(Noon.AddMinutes(10), Memory(Noon.AddMinutes(10), 50));

        Assert.Equal(raised.Id, Assert.Single(Review(Noon.AddMinutes(19), Memory(Noon.AddMinutes(19), 50))).Id);
        Assert.Empty(Review(Noon.AddMinutes(20), Memory(Noon.AddMinutes(20), 50)));
    }

    [Fact]
    public void A_critical_alert_becomes_a_warning_after_ten_minutes_below_critical()
    {
        var critical = Assert.Single(Review(Noon, Memory(Noon, 99)));
        Assert.Equal(AlertSeverity.Critical, Assert.Single(Review(Noon.AddMinutes(1), Memory(Noon.AddMinutes(1), 93))).Severity);

        var warning = Assert.Single(Review(Noon.AddMinutes(11), Memory(Noon.AddMinutes(11), 93)));

        Assert.Equal((critical.Id, AlertSeverity.Warning, 90), (warning.Id, warning.Severity, warning.Threshold));
    }

    [Fact]
    public void A_standing_alert_holds_where_a_new_one_would_not_be_raised()
    {
        var doubtful = AForecast.Of("web-01").With(Metric.MemUsedPercent, 82, 7);
        Assert.Empty(Review(Noon, AReading.From("web-01").WithMemory(60), doubtful));
        Review(Noon, Memory(Noon, 93));

        for (var minute = 1; minute < 60; minute++) Assert.Single(Review(Noon.AddMinutes(minute), Memory(Noon.AddMinutes(minute), 60), doubtful));
    }

    [Fact]
    public void A_value_of_an_hour_ago_raises_nothing() =>
        Assert.Empty(Review(Noon.AddHours(1), Memory(Noon, 99)));

    [Fact]
    public void The_alerts_of_a_server_that_left_end()
    {
        Assert.Single(Review(Noon, Memory(Noon, 99)));

        Assert.Empty(desk.Review([], Noon.AddMinutes(1)));
    }

    [Fact]
    public void The_most_severe_come_first_then_the_nearest()
    {
        var alerts = desk.Review(
            [
                AnOutlook.Of(AReading.From("late").WithMemory(60), AForecast.Of("late").With(Metric.MemUsedPercent, step => step < 9 ? 60 : 99)),
                AnOutlook.Of(AReading.From("warning").WithMemory(91)),
                AnOutlook.Of(AReading.From("critical").WithMemory(99)),
                AnOutlook.Of(AReading.From("early").WithMemory(60), AForecast.Of("early").With(Metric.MemUsedPercent, step => step < 3 ? 60 : 99)),
            ],
            Noon);

        Assert.Equal(["critical", "early", "late", "warning"], alerts.Select(alert => alert.Server));
    }

    private static AReading Memory(DateTimeOffset at, float percent) => AReading.From("web-01").At(at).WithMemory(percent);

    [Fact]
    public void A_breach_is_remembered_where_worse_is_predicted_and_while_the_alert_stands()
    {
        var predicted = Assert.Single(Review(Noon, AReading.From("web-01").WithMemory(60), AForecast.Of("web-01").With(Metric.MemUsedPercent, 92)));
        var worse = Assert.Single(Review(Noon.AddMinutes(1), AReading.From("web-01").WithMemory(93), AForecast.Of("web-01").With(Metric.MemUsedPercent, 99)));
        var after = Assert.Single(Review(Noon.AddMinutes(2), AReading.From("web-01").WithMemory(60), AForecast.Of("web-01").With(Metric.MemUsedPercent, 99)));

        Assert.Null(predicted.BreachedAt);
        Assert.Equal((AlertState.Predicted, AlertSeverity.Critical, Noon), (worse.State, worse.Severity, worse.BreachedAt));
        Assert.Equal((predicted.Id, worse.BreachedAt), (after.Id, after.BreachedAt));
    }

    private Alert[] Review(DateTimeOffset now, AReading reading, AForecast? forecast = null) => [.. desk.Review([AnOutlook.Of(reading, forecast)], now)];
}
