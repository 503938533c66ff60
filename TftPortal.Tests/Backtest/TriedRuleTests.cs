using CsCheck;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Settings;
using TftPortal.Tests.Builders;

namespace TftPortal.Tests.Backtest;

public class TriedRuleTests
{
    private static readonly AlertRule Rule = ATrial.Memory;

    [Fact]
    public void A_planted_incident_is_found_and_told_before_it_comes()
    {
        using var model = new OnnxForecaster(Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default"), AWindow.Grid, TimeProvider.System);

        var found = new ATrial().WithLeak("web-01", seed: 4, from: 24).WithLeak("web-02", seed: 5, from: null).Try(Rule with { RaiseProbability = .2, ClearProbability = .1 }, steps: 72, model);

        var leaking = found.Servers.Single(server => server.Name == "web-01");
        var firing = Assert.Single(leaking.Tried, firing => firing.Outcome == FiringOutcome.Hit);
        Assert.True(firing.WasPredicted && firing.Lead > TimeSpan.Zero && firing.Step > 24, $"{firing}");
        Assert.True(leaking.Values[leaking.Incidents[0].From] >= 90);
        Assert.Equal((1, 1), (found.Tried.Onsets, found.Tried.Seen));
        Assert.Empty(found.Servers.Single(server => server.Name == "web-02").Tried);
    }

    [Fact]
    public void A_rule_that_wants_to_be_surer_fires_later_and_less()
    {
        // It climbs towards 90 again and again, and turns round at 86 more often than not.
        var trial = new ATrial().With("web-01", step => 40 + (Math.Abs((step % 36) - 18) switch { 0 when step % 108 == 18 => 52, var off => Math.Max(0, 46 - (3 * off)) }));

        var (eager, sure) = (trial.Try(Rule with { RaiseProbability = .05, ClearProbability = .05 }, 288), trial.Try(Rule with { RaiseProbability = .99, ClearProbability = .9 }, 288));

        Assert.True(eager.Tried.Raised > sure.Tried.Raised, $"{eager.Tried} {sure.Tried}");
        Assert.Equal(eager.Today, sure.Today); // the rules as they stand are the same
    }

    [Fact]
    public void Nothing_that_comes_later_changes_what_fired_before() =>
        Gen.Select(Gen.Int[0, 35], Gen.Single[30, 99].Array[9], Gen.Single[0, 100].Array[9]).Sample((cut, levels, others) =>
        {
            // Levels of 4 steps each; in the second past they are others after the cut.
            var one = Fired((step, _) => levels[Math.Clamp(step / 4, 0, 8)]);
            var other = Fired((step, isLater) => isLater ? others[Math.Abs(step) % 9] : levels[Math.Clamp(step / 4, 0, 8)]);

            Assert.Equal(one, other);

            List<(int, double, AlertSeverity?)> Fired(Func<int, bool, float> value) =>
            [
                .. new ATrial().With("web-01", step => value(step, step > cut)).Try(Rule with { RaiseProbability = .2, ClearProbability = .1 }, 36).Servers[0].Tried
                    .Where(firing => firing.Step <= cut).Select(firing => (firing.Step, firing.Probability, firing.Until < cut ? firing.Severity : (AlertSeverity?)null)),
            ];
        }, iter: 20, threads: 1);

    [Fact]
    public void An_alert_that_stands_for_hours_without_an_incident_is_a_false_alarm_each_hour()
    {
        var found = new ATrial().With("web-01", step => step < 12 ? 40 : 85).Try(Rule with { Warning = 80 }, 48, incidentFrom: 95);

        Assert.Equal((1, 0, 3, 0), (found.Tried.Raised, found.Tried.Hits, found.Tried.FalseAlarms, found.Tried.Onsets));
        Assert.Null(found.Tried.Recall);
        Assert.Equal(3 / (48 / 288.0), found.Tried.FalseAlarmsPerServerDay!.Value, 6);
    }

    [Fact]
    public void An_alert_whose_hour_is_not_over_is_neither_right_nor_wrong()
    {
        var trial = new ATrial().With("web-01", step => step < 30 ? 40 : 85).KnownUntil(36);

        var found = trial.Try(Rule with { Warning = 80 }, 36, incidentFrom: 95);

        Assert.Equal((1, 0, 0, 1), (found.Tried.Raised, found.Tried.Hits, found.Tried.FalseAlarms, found.Tried.Open));
        Assert.Equal(FiringOutcome.Open, found.Servers[0].Tried[0].Outcome);
    }

    [Fact]
    public void What_comes_just_after_the_time_tells_whether_its_last_alert_was_right_and_counts_as_no_incident_of_it()
    {
        var found = new ATrial().With("web-01", step => step < 30 ? 40 : step < 38 ? 85 : 97).Try(Rule with { Warning = 80 }, 36, incidentFrom: 95);

        Assert.Equal((1, 0, 0), (found.Tried.Hits, found.Tried.FalseAlarms, found.Tried.Onsets));
    }

    [Fact]
    public void In_quiet_hours_nothing_is_sent_and_what_still_stands_is_sent_when_they_end()
    {
        var quiet = Rule with { Warning = 80, QuietHours = new() { From = new(12, 0), Until = new(13, 30) } };

        var found = new ATrial().With("web-01", step => step < 6 ? 40 : 85).Try(quiet, 36, incidentFrom: 95);

        Assert.Equal(18, Assert.Single(found.Servers[0].Tried).Step); // the one before is over a moment before 13:30
    }

    [Fact]
    public void A_rule_that_wants_a_danger_in_more_pictures_than_a_step_has_fires_a_step_later()
    {
        var trial = new ATrial().With("web-01", step => step < 6 ? 40 : 95);

        Assert.Equal([6, 6, 7], ((int[])[1, 10, 11]).Select(cycles => trial.Try(Rule with { Cycles = cycles, RaiseProbability = 1, ClearProbability = 1 }, 24).Servers[0].Tried.Single().Step));
    }

    [Fact]
    public void A_narrower_rule_decides_before_the_one_that_is_tried_and_that_is_said()
    {
        var narrower = Rule with { Id = Guid.NewGuid(), Name = "web-01 may", Servers = "web-01", Warning = 99, Critical = 99 };

        var found = new ATrial().With("web-01", step => step < 6 ? 40 : 95).With("web-02", step => step < 6 ? 40 : 95).Where(narrower).Try(Rule with { Warning = 60, Critical = 98 }, 24);

        Assert.Equal(1, found.Overruled);
        Assert.Equal(["web-02"], found.Servers.Where(server => server.Tried.Length > 0).Select(server => server.Name));
    }

    [Fact]
    public void Where_low_is_the_danger_incidents_lie_below()
    {
        var found = new ATrial().With("web-01", step => step is >= 20 and < 30 ? 2 : 40).Try(Rule with { IsBelow = true, Warning = 5, Critical = 1 }, 48);

        Assert.Equal((20, 30), Assert.Single(found.Servers[0].Incidents));
        Assert.Equal(1, found.Tried.Onsets);
    }

    [Fact]
    public void A_server_that_was_silent_is_not_counted_as_watched()
    {
        var found = new ATrial().With("web-01", step => step < 144 ? float.NaN : 40).With("web-02", _ => 40).Try(Rule, 288);

        Assert.Equal(1.5, found.Tried.ServerDays, 6);
    }
}
