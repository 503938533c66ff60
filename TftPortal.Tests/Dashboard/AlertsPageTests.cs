using Bunit;
using TftPortal.Dashboard.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Browser;

namespace TftPortal.Tests.Dashboard;

public class AlertsPageTests
{
    private static readonly FleetOutlook Picture = AlertsPicture.At(AnOutlook.Noon);

    [Fact]
    public void A_viewer_sees_every_alert_and_can_do_nothing_with_it()
    {
        using var viewers = new APage(Picture, mayAll: false);
        var page = viewers.Render<AlertsPage>();

        Assert.Contains("44 alerts, 4 incidents", page.Find(".table-count").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() is "Take" or "Silence" or "Give back");
    }

    [Fact]
    public void What_is_silenced_by_hours_is_hushed_and_what_nobody_has_taken_is_neither_taken_nor_hushed()
    {
        Assert.Equal(["build-host-with-a-rather-long-name-01", "ppweb0003"], Servers(new("", AlertChoice.Hushed, null, IsMine: false)));
        Assert.Equal(["ppdb0001"], Servers(new("", AlertChoice.Taken, null, IsMine: false)));
        Assert.DoesNotContain("ppweb0003", Servers(new("", AlertChoice.Untaken, null, IsMine: false)));
        Assert.Equal(["ppetl0001"], Servers(new("", AlertChoice.Ended, null, IsMine: false)));
        Assert.Equal(["ppdb0001"], Servers(new("", AlertChoice.Open, AlertSeverity.Warning, IsMine: true))); // given to Ben
    }

    [Theory]
    [InlineData("user ben@example.com", 1)]
    [InlineData("user reuben@example.com", 0)]
    [InlineData("user com", 0)]
    public void An_alert_is_given_to_whom_it_names_in_full(string me, int alerts) =>
        Assert.Equal(alerts, new AlertView("ppdb0001", AlertChoice.Open, AlertSeverity.Warning, IsMine: true).Of(Picture, me).Count);

    [Fact]
    public void What_the_address_gets_wrong_is_ignored() => Assert.True(AlertView.From(" ", "nothing", "bad", "yes").IsAll);

    private static IEnumerable<string> Servers(AlertView view) =>
        view.Of(Picture, "user ben@example.com").SelectMany(incident => incident.Alerts).Select(alert => alert.Server).Order(StringComparer.Ordinal);
}
