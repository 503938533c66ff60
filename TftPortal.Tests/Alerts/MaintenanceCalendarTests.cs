using System.Globalization;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Alerts;

public class MaintenanceCalendarTests
{
    private readonly MaintenanceCalendar calendar = new();

    [Theory]
    [InlineData("2026-03-22T00:59:59Z", false)]
    [InlineData("2026-03-22T01:00:00Z", true)] // Sunday 02:00 in Berlin, winter
    [InlineData("2026-03-22T02:59:59Z", true)]
    [InlineData("2026-03-22T03:00:00Z", false)]
    [InlineData("2026-04-05T00:00:00Z", true)] // Sunday 02:00 in Berlin, summer
    [InlineData("2026-04-05T02:00:00Z", false)]
    [InlineData("2026-04-06T00:30:00Z", false)] // a Monday
    [InlineData("2026-10-25T01:30:00Z", true)] // the Sunday with two times 02:30
    public void A_weekly_window_opens_by_the_clock_on_the_wall_summer_and_winter(string now, bool isOn) =>
        Assert.Equal(isOn, calendar.IsOn(Window("FREQ=WEEKLY;BYDAY=SU"), Utc(now)));

    [Fact]
    public void A_window_in_the_hour_that_the_clock_leaps_over_opens_all_the_same()
    {
        var window = Window("FREQ=DAILY") with { Start = new(2026, 3, 1, 2, 30, 0), Duration = TimeSpan.FromHours(1) };

        Assert.True(calendar.IsOn(window, Utc("2026-03-29T01:45:00Z")));
        Assert.True(calendar.IsOn(window, Utc("2026-03-30T00:45:00Z")));
    }

    [Fact]
    public void A_window_without_a_rule_opens_once()
    {
        var window = Window("");

        Assert.Equal(new(Utc("2026-03-01T01:00:00Z"), Utc("2026-03-01T03:00:00Z")), calendar.Next(window, Utc("2026-02-01T00:00:00Z")));
        Assert.True(calendar.IsOn(window, Utc("2026-03-01T02:00:00Z")));
        Assert.Null(calendar.Next(window, Utc("2026-03-01T03:00:00Z")));
    }

    [Fact]
    public void A_window_over_midnight_is_open_after_midnight() =>
        Assert.True(calendar.IsOn(Window("FREQ=WEEKLY;BYDAY=SA") with { Start = new(2026, 3, 7, 22, 0, 0), Duration = TimeSpan.FromHours(8) }, Utc("2026-03-22T03:00:00Z")));

    [Fact]
    public void A_rule_that_never_comes_is_not_looked_for_for_ever() =>
        Assert.Null(calendar.Next(Window("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), AReading.Noon));

    [Theory]
    [InlineData("FREQ=SECONDLY")]
    [InlineData("FREQ=HOURLY;INTERVAL=2")]
    [InlineData("FREQ=DAILY;BYSECOND=1,2,3")]
    [InlineData("every Sunday")]
    [InlineData("BYDAY=SU")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("FREQ=WEEKLY;COUNT=-1")]
    public void A_rule_that_is_none_or_comes_too_often_is_refused(string rule) => Assert.NotNull(MaintenanceCalendar.FaultOf(rule));

    [Theory]
    [InlineData("")]
    [InlineData("FREQ=WEEKLY;BYDAY=SU")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1")]
    [InlineData("FREQ=DAILY;UNTIL=20270101T000000Z")]
    public void A_usual_rule_is_taken(string rule) => Assert.Null(MaintenanceCalendar.FaultOf(rule));

    private static MaintenanceWindow Window(string rule) => new()
    {
        Id = Guid.Empty,
        Name = "patching",
        Servers = "*",
        Start = new(2026, 3, 1, 2, 0, 0),
        Duration = TimeSpan.FromHours(2),
        Rule = rule,
        TimeZone = "Europe/Berlin",
        By = "user anna@example.com",
        ChangedAt = AReading.Noon,
    };

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
