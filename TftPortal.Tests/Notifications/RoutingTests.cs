using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Concerns;
using TftPortal.Notifications.Routing;

namespace TftPortal.Tests.Notifications;

/// <summary>What a route lets through, and what no route can be.</summary>
public sealed class RoutingTests
{
    private static readonly RouteRules All = new() { Kinds = [RouteKind.Predicted, RouteKind.Breaching], MinSeverity = AlertSeverity.Warning };

    [Fact]
    public void A_route_goes_by_severity_kind_profile_pattern_and_simulation()
    {
        Assert.True(Lets(All, new("web-01")));
        Assert.False(Lets(All with { MinSeverity = AlertSeverity.Critical }, new("web-01")));
        Assert.True(Lets(All with { MinSeverity = AlertSeverity.Critical }, new ATrouble("web-01") { Severity = AlertSeverity.Critical }));
        Assert.False(Lets(All with { Kinds = [RouteKind.Breaching] }, new ATrouble("web-01") { State = AlertState.Predicted }));
        Assert.False(Lets(All with { Kinds = [RouteKind.Predicted] }, new ATrouble("web-01")));
        Assert.False(Lets(All with { Profiles = [ServerProfile.Database] }, new("web-01")));
        Assert.True(Lets(All with { Profiles = [ServerProfile.Database] }, new ATrouble("db-01") { Profile = ServerProfile.Database }));
        Assert.True(Lets(All with { Servers = ["db-*", "WEB-0*"] }, new("web-01")));
        Assert.False(Lets(All with { Servers = ["web-1*"] }, new("web-01")));
        Assert.True(Lets(All with { Servers = ["web-02"] }, new("web-01", "web-02", "web-03"))); // one of them is enough
        Assert.False(Lets(All, new ATrouble("web-01") { IsSimulated = true }));
        Assert.True(Lets(All with { WithSimulated = true }, new ATrouble("web-01") { IsSimulated = true }));
        Assert.False(Lets(All with { Kinds = [RouteKind.KeyExpiry, RouteKind.Portal] }, new("web-01")));
    }

    [Theory]
    [InlineData("22:00", "06:00", "fri", "Europe/Berlin", "2026-03-13T21:30:00Z", true)] // Friday 22:30 there
    [InlineData("22:00", "06:00", "fri", "Europe/Berlin", "2026-03-14T04:30:00Z", true)] // Saturday 5:30, of Friday's night
    [InlineData("22:00", "06:00", "fri", "Europe/Berlin", "2026-03-14T05:00:00Z", false)]
    [InlineData("22:00", "06:00", "fri", "Europe/Berlin", "2026-03-13T04:30:00Z", false)] // of Thursday's
    [InlineData("08:00", "18:00", "", "America/New_York", "2026-07-01T12:00:00Z", true)] // summer: 8:00 there
    [InlineData("08:00", "18:00", "", "America/New_York", "2026-01-01T12:00:00Z", false)] // winter: 7:00
    [InlineData("", "", "sat,sun", "UTC", "2026-03-14T12:00:00Z", true)]
    [InlineData("", "", "sat,sun", "UTC", "2026-03-13T23:59:00Z", false)]
    public void A_routes_hours_are_those_of_its_zone_and_a_night_belongs_to_the_day_that_it_begins_on(string from, string to, string days, string zone, string at, bool isOpen)
    {
        var (order, faults) = RouteCheck.Check(new() { Name = "r", ChannelId = "c", Kinds = ["breaching"], From = from, To = to, Days = days.Split(',', StringSplitOptions.RemoveEmptyEntries), Zone = zone });
        Assert.Empty(faults);
        Assert.Equal(isOpen, order!.Rules.Hours!.Contains(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_route_is_said_at_once_with_its_value_and_what_is_allowed()
    {
        var (order, faults) = RouteCheck.Check(new()
        {
            Name = " ", Kinds = ["everything"], MinSeverity = "fatal", Profiles = ["toaster"], Servers = ["web 1"], From = "25:00", Days = ["monday"], Zone = "Mars/Olympus", RepeatMinutes = 1, EscalateAfterMinutes = 0,
        });
        Assert.Null(order);
        Assert.Equal(["channel_id", "days", "escalate_after_minutes", "escalate_to_id", "from", "kinds", "min_severity", "name", "profiles", "repeat_minutes", "servers", "to", "zone"], faults.Select(fault => fault.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(faults, fault => fault.Reason == "'Mars/Olympus' is no time zone of this machine; allowed are names such as Europe/Berlin and UTC");
        Assert.Contains(faults, fault => fault.Reason == "1 is out of range; allowed are 5 to 10080 minutes, or none");
    }

    private static bool Lets(RouteRules rules, ATrouble trouble) =>
        new NoticeRoute { Id = "r", Name = "r", ChannelId = "c", Rules = rules, IsEnabled = true }.Lets(IncidentConcerns.Of(ATrouble.Picture(1, AnOutlook.Noon, trouble)).Single(), AnOutlook.Noon);
}
