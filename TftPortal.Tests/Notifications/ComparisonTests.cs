using TftPortal.Engine.Fleet;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Concerns;

namespace TftPortal.Tests.Notifications;

/// <summary>Who is told of what, and when.</summary>
public sealed class ComparisonTests
{
    private readonly ATrouble trouble = new("web-01");

    [Fact]
    public void An_incident_is_told_once_when_it_begins_gets_worse_is_taken_and_is_over()
    {
        var ops = new AComparison().To("ops");
        Assert.Equal([$"ops: raised {trouble.Key}"], ops.Look(trouble));
        Assert.Empty(ops.Look(trouble));
        Assert.Equal([$"ops: escalated {trouble.Key}"], ops.Look(trouble with { Severity = AlertSeverity.Critical }));
        Assert.Empty(ops.Look(trouble)); // less bad again: nothing to do
        Assert.Equal([$"ops: acknowledged {trouble.Key}"], ops.Look(trouble with { TakenBy = "anna" }));
        Assert.Equal([$"ops: resolved {trouble.Key}"], ops.Look());
        Assert.Empty(ops.Look());
        Assert.Equal("web-01 is out of danger.", ops.Notices[^1].Message);
    }

    [Fact]
    public void What_is_silenced_or_in_maintenance_is_never_told_but_is_over_for_those_who_were_told()
    {
        var ops = new AComparison().To("ops");
        Assert.Empty(ops.Look(trouble with { IsSilenced = true }));
        Assert.Empty(ops.Look(trouble with { Maintenance = "Sunday" }));
        Assert.Empty(ops.Look());
        ops.Look(trouble);
        Assert.Empty(ops.Look(trouble with { IsSilenced = true, Severity = AlertSeverity.Critical }));
        ops.Now += TimeSpan.FromHours(2);
        Assert.Equal([$"ops: resolved {trouble.Key}"], ops.Look());
    }

    [Fact]
    public void What_is_silenced_is_named_nowhere_in_a_message_about_the_rest()
    {
        var ops = new AComparison().To("ops");
        ops.Look(new ATrouble("web-01", "web-02", "web-03") { Silenced = ["web-03"] });
        Assert.Equal("2 servers together (web-01 to web-02) with cpu_iowait_pct; the worst: web-01: memory at 97 %, over 90 %.", ops.Notices[^1].Message);
        ops.Look(new ATrouble("db-01", "db-02") { Silenced = ["db-01"] });
        Assert.Equal("db-02: memory at 97 %, over 90 %.", ops.Notices[^1].Message);
        Assert.All(ops.Notices, notice => Assert.DoesNotContain("web-03", NoticeJson.Write(notice), StringComparison.Ordinal));
    }

    [Fact]
    public void A_clock_that_is_set_back_neither_repeats_at_once_nor_keeps_reminders_and_escalations_away()
    {
        var ops = new AComparison().Beside("boss").To("ops", rules: rules => rules with { RepeatMinutes = 30, EscalateAfterMinutes = 45 }, escalateTo: "boss");
        ops.Look(trouble);
        ops.Now -= TimeSpan.FromDays(3);
        Assert.Empty(ops.Look(trouble));
        ops.Now += TimeSpan.FromMinutes(29);
        Assert.Empty(ops.Look(trouble));
        ops.Now += TimeSpan.FromMinutes(1);
        Assert.Equal([$"ops: repeated {trouble.Key}"], ops.Look(trouble));
        ops.Now += TimeSpan.FromMinutes(15);
        Assert.Equal([$"boss: raised {trouble.Key}"], ops.Look(trouble));
    }

    [Fact]
    public void A_weeks_summary_is_told_once_however_the_clock_jumps_has_no_end_and_goes_to_nobody_who_keeps_state()
    {
        var all = new AComparison().To("ops", rules: rules => rules with { MinSeverity = AlertSeverity.Critical }).To("pages", ChannelKind.Pagerduty);
        var week = new Concern { Key = "summary:2026-03-09", Kind = NoticeKind.Summary, Severity = AlertSeverity.Warning, IsBreaching = false, StartedAt = all.Now.AddDays(-7), Title = "t", Message = "m" };
        Assert.Equal(["ops: raised summary:2026-03-09"], all.LookAt(week));
        foreach (var days in (int[])[1, 5, -6, 0, 9, -9])
        {
            all.Now += TimeSpan.FromDays(days);
            Assert.Empty(all.LookAt());
            Assert.Empty(all.LookAt(week));
        }

        all.Now += TimeSpan.FromDays(7);
        Assert.Equal(["ops: raised summary:2026-03-16"], all.LookAt(week with { Key = "summary:2026-03-16" }));
    }

    [Fact]
    public void Before_the_first_picture_after_a_restart_nothing_is_over()
    {
        var ops = new AComparison().To("ops");
        ops.Look(trouble);
        ops.Known = [NoticeKind.KeyExpiry, NoticeKind.Portal];
        Assert.Empty(ops.Look());
        ops.Known = [NoticeKind.Incident];
        Assert.Empty(ops.Look(trouble));
    }

    [Fact]
    public void It_is_told_again_until_somebody_takes_it()
    {
        var ops = new AComparison().To("ops", rules: rules => rules with { RepeatMinutes = 30 });
        ops.Look(trouble);
        ops.Now += TimeSpan.FromMinutes(29);
        Assert.Empty(ops.Look(trouble));
        ops.Now += TimeSpan.FromMinutes(1);
        Assert.Equal([$"ops: repeated {trouble.Key}"], ops.Look(trouble));
        ops.Now += TimeSpan.FromMinutes(30);
        Assert.Equal([$"ops: repeated {trouble.Key}"], ops.Look(trouble));
        Assert.Equal([$"ops: acknowledged {trouble.Key}"], ops.Look(trouble with { TakenBy = "anna" }));
        ops.Now += TimeSpan.FromHours(5);
        Assert.Empty(ops.Look(trouble with { TakenBy = "anna" }));
        Assert.Empty(ops.Look(trouble)); // given back: it begins anew
        ops.Now += TimeSpan.FromMinutes(30);
        Assert.Equal([$"ops: repeated {trouble.Key}"], ops.Look(trouble));
    }

    [Fact]
    public void What_nobody_takes_escalates_once_to_another_channel_which_is_told_its_end_too()
    {
        var ops = new AComparison().Beside("boss").To("ops", rules: rules => rules with { EscalateAfterMinutes = 15 }, escalateTo: "boss");
        ops.Look(trouble);
        ops.Now += TimeSpan.FromMinutes(14);
        Assert.Empty(ops.Look(trouble));
        ops.Now += TimeSpan.FromMinutes(1);
        Assert.Equal([$"boss: raised {trouble.Key}"], ops.Look(trouble));
        Assert.Equal("Nobody acknowledged it for 15 minutes; ops was told first.", ops.Notices[^1].Note);
        ops.Now += TimeSpan.FromHours(1);
        Assert.Empty(ops.Look(trouble));
        Assert.Equal([$"ops: resolved {trouble.Key}", $"boss: resolved {trouble.Key}"], ops.Look());
    }

    [Fact]
    public void What_is_taken_in_time_does_not_escalate()
    {
        var ops = new AComparison().Beside("boss").To("ops", rules: rules => rules with { EscalateAfterMinutes = 15 }, escalateTo: "boss");
        ops.Look(trouble);
        ops.Look(trouble with { TakenBy = "anna" });
        ops.Now += TimeSpan.FromHours(1);
        Assert.Empty(ops.Look(trouble with { TakenBy = "anna" }));
    }

    [Fact]
    public void Incidents_that_turn_out_to_be_one_go_on_as_one()
    {
        var ops = new AComparison().To("ops").To("pages", ChannelKind.Pagerduty);
        var other = new ATrouble("web-02");
        ops.Look(trouble);
        ops.Now += TimeSpan.FromMinutes(1);
        var outage = new ATrouble([.. Enumerable.Range(1, 40).Select(index => $"web-{index:00}")]) { Absorbed = [trouble.Id] };
        Assert.Empty(ops.Look(outage)); // they were told of its beginning
        Assert.Equal([$"ops: resolved {trouble.Key}", $"pages: resolved {trouble.Key}"], ops.Look()); // under the name that they know

        var late = new AComparison().To("ops").To("chat", ChannelKind.Slack);
        late.Look(trouble, other);
        Assert.Equal([$"ops: resolved {other.Key}"], late.Look(outage with { Absorbed = [trouble.Id, other.Id] })); // whoever counts by name is told which is no more
    }

    [Fact]
    public void An_incident_is_told_only_after_it_has_stood_long_enough_to_gather_its_servers()
    {
        var ops = new AComparison { Gather = TimeSpan.FromSeconds(30) }.To("ops");
        var began = ops.Now;
        Assert.Empty(ops.Look(trouble with { Since = began }));
        ops.Now += TimeSpan.FromSeconds(30);
        Assert.Equal([$"ops: raised {trouble.Key}"], ops.Look(trouble with { Since = began }));
    }

    [Fact]
    public void Those_that_keep_an_alerts_state_are_not_reminded_and_are_always_told_its_end()
    {
        var pages = new AComparison().To("pages", ChannelKind.Pagerduty, rules => rules with { RepeatMinutes = 5, WithResolved = false }).To("chat", ChannelKind.Slack, rules => rules with { WithResolved = false });
        pages.Look(trouble);
        pages.Now += TimeSpan.FromHours(1);
        Assert.Empty(pages.Look(trouble));
        Assert.Equal([$"pages: resolved {trouble.Key}"], pages.Look());
    }

    [Fact]
    public void What_no_route_lets_through_now_is_not_said_to_have_got_worse_until_one_does()
    {
        var ops = new AComparison().To("ops");
        ops.Look(trouble);
        ops.Routes[0] = ops.Routes[0] with { IsEnabled = false };
        Assert.Empty(ops.Look(trouble with { Severity = AlertSeverity.Critical }));
        Assert.Empty(ops.Look(trouble with { TakenBy = "anna" }));
        ops.Routes[0] = ops.Routes[0] with { IsEnabled = true };
        Assert.Equal([$"ops: escalated {trouble.Key}"], ops.Look(trouble with { Severity = AlertSeverity.Critical }));
    }

    [Fact]
    public void Trouble_with_a_channel_is_told_to_the_others()
    {
        var all = new AComparison().To("ops").To("chat", ChannelKind.Slack);
        var concern = new Concern { Key = "portal:channel:ops", Kind = NoticeKind.Portal, Severity = AlertSeverity.Warning, IsBreaching = true, StartedAt = all.Now, Title = "t", Message = "m", ExceptChannel = "ops" };
        Assert.Equal(["chat: raised portal:channel:ops"], all.LookAt(concern));
    }
}
