using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.History;
using TftPortal.Notifications.Summaries;
using TftPortal.Settings;

namespace TftPortal.Tests.Notifications;

/// <summary>The week's summary: when it is due, what it says, and that it comes once.</summary>
public sealed class SummaryTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 16, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Monday", "08:00", "UTC", "2026-03-16T08:00:00Z", "2026-03-16", "2026-03-16T08:00:00Z")]
    [InlineData("Monday", "08:00", "UTC", "2026-03-16T07:59:59Z", "2026-03-09", "2026-03-09T08:00:00Z")]
    [InlineData("Sunday", "23:30", "America/New_York", "2026-03-16T03:30:00Z", "2026-03-15", "2026-03-16T03:30:00Z")] // already Monday in UTC
    [InlineData("Sunday", "02:30", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-29", "2026-03-29T01:00:00Z")] // left out that night: 3:00 there
    [InlineData("Sunday", "02:30", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-25", "2026-10-25T01:30:00Z")] // comes twice: the later one
    public void A_week_ends_on_its_day_at_its_time_in_its_zone(string day, string time, string zone, string now, string name, string due)
    {
        var week = SummaryWeek.Last(new() { Day = Enum.Parse<DayOfWeek>(day), Time = time, Zone = zone }, Moment(now));
        Assert.Equal((name, Moment(due)), (week.Name, week.Due));
        Assert.InRange(week.Range.Length.TotalHours, 167, 169); // with an hour more or less where the clocks are set
        Assert.Equal(week.Range.From, week.Before.To);
    }

    [Fact]
    public void It_says_how_the_week_was_beside_the_one_before()
    {
        var week = SummaryWeek.Last(new() { Zone = "Europe/Berlin" }, Monday);
        var now = Report(week.Range, new(40, 12, 2, 30, 24, 6, 3, 38.4, 31, 5600)) with
        {
            Servers = 812, States = [new("healthy", TimeSpan.FromHours(160), 0.952), new("degraded", TimeSpan.FromHours(8), 0.048)], TopServers = [new("web-01", 4, 1, TimeSpan.FromMinutes(375)), new("db-01", 1, 0, TimeSpan.FromMinutes(9))],
        };
        var before = Report(week.Before, new(51, 15, 0, 40, 20, 20, 5, 29, null, 5432.5)) with { States = [new("healthy", TimeSpan.FromHours(168), 1)] };
        Assert.Equal("Weekly summary: 40 alerts, 80 % of predictions came true", SummaryText.Title(now));
        Assert.Equal(
            """
            Mon 9 Mar 2026 08:00 to Mon 16 Mar 2026 08:00 (Europe/Berlin). In brackets the week before.
            Watched: 812 servers, 5,600 server-days (5,432.5).
            Alerts: 40 raised (51), 12 critical (15), 28 warning (36); 2 still open.
            Predictions: 80 % came true (50 %), 24 right and 6 false alarms; 3 breaches unannounced (5).
            Lead: 38 min in the mean (29 min), 31 min in the median (none).
            Fleet health: healthy 95.2 % (100 %), degraded 4.8 % (0 %).
            Longest in alert: web-01 (4 alerts, 6 h 15 min), db-01 (1 alert, 9 min).
            """, SummaryText.Body(week, now, before), ignoreLineEndingDifferences: true);
        Assert.EndsWith("\nNothing is recorded of this week.", SummaryText.Body(week, Report(week.Range, new(0, 0, 0, 0, 0, 0, 0, null, null, 0)) with { Steps = 0 }, before));
    }

    [Fact]
    public async Task It_comes_once_a_week_over_restarts_and_jumps_of_the_clock_late_rather_than_never_and_to_whom_a_route_leads()
    {
        using var folder = new AFolder();
        await using var receiver = await AReceiver.StartAsync();
        await using (var portal = await StartAsync(folder, Monday.AddMinutes(-5)))
        {
            var (ops, chat) = (await portal.WebhookAsync("ops", receiver), await portal.WebhookAsync("chat", receiver, "chat"));
            await portal.RouteAsync(ops, kinds: "\"summary\"");
            await portal.RouteAsync(chat);
            var example = await portal.AskAsync(HttpMethod.Post, $"/{ops}/test?kind=summary");
            Assert.True(example.GetProperty("delivered").GetBoolean(), example.ToString());
            await portal.PassAsync(TimeSpan.FromMinutes(4), step: 20);
            Assert.Equal(["raised test:" + ops], receiver.Taken.Select(request => request.Said));
            Assert.EndsWith("(an example)", receiver.Taken.Single().Json.GetProperty("title").GetString());
            await portal.UntilAsync(() => receiver.Taken.Count == 2);
            var summary = receiver.Taken.Last();
            Assert.Equal(("/hook", "raised summary:2026-03-16", "summary"), (summary.Path, summary.Said, summary.Json.GetProperty("kind").GetString()));
            Assert.Contains("Mon 9 Mar 2026 08:00 to Mon 16 Mar 2026 08:00 (UTC)", summary.Json.GetProperty("message").GetString());
            foreach (var enabled in (string[])["false", "true"]) await portal.AskAsync(HttpMethod.Put, $"/{ops}", $$"""{"name":"ops","kind":"webhook","enabled":{{enabled}}}""");
            await portal.PassAsync(TimeSpan.FromMinutes(5), step: 30);
        }

        foreach (var start in (DateTimeOffset[])[Monday.AddHours(3), Monday.AddMinutes(-3), Monday.AddDays(8).AddHours(1)]) // set back; a week later, more than a day late
        {
            await using var again = await StartAsync(folder, start);
            await again.PassAsync(TimeSpan.FromMinutes(10), step: 30);
        }

        Assert.Equal(2, receiver.Taken.Count);
        await using var late = await StartAsync(folder, Monday.AddDays(14).AddHours(5));
        await late.UntilAsync(() => receiver.Taken.Count == 3);
        Assert.Equal("raised summary:2026-03-30", receiver.Taken.Last().Said);
        await late.PassAsync(TimeSpan.FromDays(2), step: 3600);
        Assert.Equal(3, receiver.Taken.Count); // and no end of it
    }

    [Fact]
    public async Task It_does_not_go_to_those_who_keep_what_is_open_until_it_is_over()
    {
        await using var portal = await ATellingPortal.StartAsync();
        var pager = await portal.ChannelAsync($$"""{"name":"pager","kind":"pagerduty","url":"http://127.0.0.1:9/","routing_key":"{{new string('r', 32)}}"}""");
        using var route = await portal.Portal.SendAsync(HttpMethod.Post, "/api/channels/routes", portal.Portal.Admin, $$"""{"name":"r","channel_id":"{{pager}}","kinds":["summary"]}""");
        Assert.Equal(422, (int)route.StatusCode);
        Assert.Contains("PagerDuty keeps what is open", await route.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False((await portal.AskAsync(HttpMethod.Post, $"/{pager}/test?kind=summary")).GetProperty("delivered").GetBoolean());
    }

    [Theory]
    [InlineData("Day", "Someday", "allowed is one of Sunday, Monday")]
    [InlineData("Time", "8 am", "allowed is a time of the day from 00:00 to 23:59")]
    [InlineData("Zone", "Mars/Olympus", "allowed is a time zone of this machine such as Europe/Berlin, or UTC")]
    public async Task A_time_that_there_is_none_of_stops_the_start(string name, string value, string said)
    {
        var wrong = await Assert.ThrowsAsync<WrongSettingException>(() => ATellingPortal.StartAsync(null, $"--Notifications:Summary:{name}={value}"));
        Assert.Contains($"Notifications:Summary:{name} is \"{value}\"; {said}", wrong.Message);
    }

    // The question has all the time that the test's clock can give it.
    private static Task<ATellingPortal> StartAsync(AFolder folder, DateTimeOffset now) =>
        ATellingPortal.StartAsync(new FakeTimeProvider(now), $"--TFT_DATA_DIR={folder.Path}", "--History:DeadlineSeconds=3600");

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static FleetReport Report(HistoryRange range, AlertFigures alerts) => new() { Range = range, Servers = 0, Steps = 1000, Alerts = alerts, States = [], TopServers = [] };
}
