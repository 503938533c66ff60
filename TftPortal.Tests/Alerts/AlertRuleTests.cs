using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Alerts;

/// <summary>Which rule decides, and what it does.</summary>
public class AlertRuleTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;

    [Fact]
    public void The_narrower_rule_decides_and_what_it_leaves_out_comes_from_the_next()
    {
        var watchlist = new Watchlist(new(), Rule("settings, all") with { Warning = 80, Critical = 81, LookAheadMinutes = 30 });
        watchlist.Adopt(
        [
            Rule("one server") with { Servers = "web-07", Cycles = 4 },
            Rule("the admin's, all") with { Warning = 70, Critical = 71 },
            Rule("web servers") with { Servers = "web-*", Warning = 60, Critical = 61 },
            Rule("first web servers") with { Servers = "web-0*", Warning = 50, Critical = 51 },
            Rule("databases") with { Profile = "database", Warning = 40, Critical = 41 },
        ]);

        Assert.Equal((70, 30, null), Of("app-1", ServerProfile.Generic));
        Assert.Equal((40, 30, null), Of("app-1", ServerProfile.Database));
        Assert.Equal((60, 30, null), Of("web-17", ServerProfile.Database));
        Assert.Equal((50, 30, 4), Of("web-07", ServerProfile.Generic));
        Assert.Equal(["one server", "first web servers", "web servers", "the admin's, all", "settings, all", "default"],
            watchlist.For("web-07", ServerProfile.Generic).Single(watch => watch.Gauge.Name == "mem_used_pct").Sources.Select(source => source.Rule.Name));

        (float, int?, int?) Of(string server, ServerProfile profile)
        {
            var watch = watchlist.For(server, profile).Single(watch => watch.Gauge.Name == "mem_used_pct");
            return (watch.Threshold.Warning, watch.LookAheadMinutes, watch.Cycles);
        }
    }

    [Fact]
    public void Without_rules_the_thresholds_are_those_of_the_contract()
    {
        var watchlist = new Watchlist(new());

        Assert.Equal(
            ["cpu_used_pct 85/95", "cpu_user_pct 85/95", "cpu_iowait_pct 20/30", "mem_used_pct 90/98", "swap_used_pct 25/50", "disk_usage_pct 85/95", "load_average 8/12"],
            watchlist.For("any", ServerProfile.Generic).Select(Said));
        Assert.Contains("mem_used_pct 95/99", watchlist.For("any", ServerProfile.Database).Select(Said));

        static string Said(Watch watch) => $"{watch.Gauge.Name} {watch.Threshold.Warning}/{watch.Threshold.Critical}";
    }

    [Fact]
    public void What_is_not_watched_raises_nothing() =>
        Assert.Empty(Review([Rule("leave it") with { Servers = "web-01", IsWatched = false }], AReading.From("web-01").WithMemory(99)));

    [Fact]
    public void Where_low_is_the_danger_a_low_value_alerts_and_says_so()
    {
        ImmutableArray<AlertRule> rules = [Rule("traffic") with { Metric = "net_in_mb_s", IsBelow = true, Warning = 5, Critical = 1 }];

        var alert = Assert.Single(Review(rules, AReading.From("web-01").With(Metric.NetInMegabytesPerSecond, .5f)));
        Assert.Equal((AlertSeverity.Critical, AlertState.Breaching, .5, 1), (alert.Severity, alert.State, alert.PredictedValue, alert.Threshold));
        Assert.Equal("web-01: network in is at 0.5 MB/s, critical down from 1 MB/s.", alert.Message);
        Assert.Empty(Review(rules, AReading.From("web-01").With(Metric.NetInMegabytesPerSecond, 50)));

        var predicted = Assert.Single(Review(rules, AReading.From("web-01").With(Metric.NetInMegabytesPerSecond, 50), AForecast.Of("web-01").With(Metric.NetInMegabytesPerSecond, step => step < 6 ? 50 : 3)));
        Assert.Equal((AlertSeverity.Warning, AlertState.Predicted, 5), (predicted.Severity, predicted.State, predicted.Threshold));
        Assert.Equal("web-01: network in predicted to fall to 5 MB/s (p50) at 12:35 UTC, probability 100 %.", predicted.Message);
        Assert.Equal(3, predicted.PredictedValue, .01);
    }

    [Theory]
    [InlineData(91, false)] // as every day
    [InlineData(96, true)]
    public void With_a_minimum_deviation_a_server_that_is_always_high_alerts_only_beyond_its_usual(float now, bool isAlert)
    {
        var server = AHistory.Of("web-01").Until(Noon).Steps(288).With(Metric.MemUsedPercent, step => step == 287 ? now : 91).Snapshot();
        var desk = Desk([Rule("usually high") with { MinimumDeviation = 4 }]);

        var alerts = desk.Review([new(server, AForecast.Of("web-01").Made(), RiskScore.None)], Noon);

        Assert.Equal(isAlert ? [95] : [], alerts.Select(alert => (float)alert.Threshold));
    }

    [Fact]
    public void A_rule_may_look_further_ahead_than_the_others()
    {
        var later = AForecast.Of("web-01").With(Metric.MemUsedPercent, step => step < 20 ? 60 : 99);

        Assert.Empty(Review([], AReading.From("web-01").WithMemory(60), later));
        Assert.Single(Review([Rule("far") with { LookAheadMinutes = 180 }], AReading.From("web-01").WithMemory(60), later));
    }

    [Theory]
    [InlineData("2026-03-10T20:59:00Z", null)]
    [InlineData("2026-03-10T21:00:00Z", "2026-03-11T05:00:00Z")] // 22:00 in Berlin, winter
    [InlineData("2026-03-11T04:59:00Z", "2026-03-11T05:00:00Z")]
    [InlineData("2026-07-10T20:00:00Z", "2026-07-11T04:00:00Z")] // 22:00 in Berlin, summer
    [InlineData("2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z")] // the night an hour short
    public void Quiet_hours_go_by_the_clock_of_their_zone_and_over_midnight(string now, string? until)
    {
        var hours = new QuietHours { From = new(22, 0), Until = new(6, 0), TimeZone = "Europe/Berlin" };

        Assert.Equal(until is null ? (DateTimeOffset?)null : Utc(until), hours.EndAfter(Utc(now)));
    }

    [Fact]
    public void In_quiet_hours_an_alert_is_raised_and_shown_and_says_until_when_nothing_is_sent()
    {
        var alert = Assert.Single(Review([Rule("noon nap") with { QuietHours = new() { From = new(11, 0), Until = new(13, 0) } }], AReading.From("web-01").WithMemory(99)));

        Assert.True(alert.IsHushed);
        Assert.Equal(Noon.AddHours(1), alert.QuietUntil);
    }

    [Fact]
    public void Rules_are_read_from_the_settings()
    {
        var options = new AlertOptions();
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Rules:0:Name"] = "batch at night", ["Rules:0:Metric"] = "cpu_used_pct", ["Rules:0:Servers"] = "batch-*", ["Rules:0:Warning"] = "95", ["Rules:0:Critical"] = "99",
            ["Rules:0:QuietHours:From"] = "22:00", ["Rules:0:QuietHours:Until"] = "06:00", ["Rules:0:QuietHours:TimeZone"] = "Europe/Berlin",
        }).Build().Bind(options);

        var rule = Assert.Single(options.Rules);
        Assert.Equal(("batch-*", 95, 99, new TimeOnly(22, 0)), (rule.Servers, rule.Warning, rule.Critical, rule.QuietHours!.From));
        Assert.True(new AlertOptionsCheck().Validate(null, options).Succeeded);
    }

    [Fact]
    public void A_wrong_rule_is_refused_with_everything_that_is_wrong_with_it()
    {
        var options = new AlertOptions();
        options.Rules.Add(new() { Name = "", Metric = "cpu", Servers = "web 1", Profile = "databse", Warning = 90, Critical = 80, RaiseProbability = 2, ClearProbability = .1, LookAheadMinutes = 1, Cycles = 0, QuietHours = new() { TimeZone = "Berlin" } });
        options.Rules.Add(new() { Name = "says nothing", Metric = "mem_used_pct" });

        var faults = new AlertOptionsCheck().Validate(null, options).Failures!.ToList();

        Assert.Equal(["Name", "Metric", "Servers", "Profile", "Critical", "RaiseProbability", "LookAheadMinutes", "Cycles", "QuietHours", "QuietHours"], faults.Where(fault => fault.StartsWith("Alerts:Rules:0:", StringComparison.Ordinal)).Select(fault => fault.Split(':')[3]));
        Assert.Contains("Alerts:Rules:0:Critical: 80 is out of range; allowed is at least the warning, 90.", faults);
        Assert.Contains("Alerts:Rules:1:Warning: the rule says nothing; it must say at least one thing that differs.", faults);
    }

    private static AlertRule Rule(string name) => new() { Name = name, Metric = "mem_used_pct" };

    private static AlertDesk Desk(ImmutableArray<AlertRule> rules)
    {
        var watchlist = new Watchlist(new());
        watchlist.Adopt(rules);
        return new(watchlist, new(), AWindow.Grid);
    }

    private static ImmutableArray<Alert> Review(ImmutableArray<AlertRule> rules, AReading reading, AForecast? forecast = null) => Desk(rules).Review([AnOutlook.Of(reading, forecast)], Noon);

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
