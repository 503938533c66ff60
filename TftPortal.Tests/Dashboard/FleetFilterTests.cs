using TftPortal.Dashboard.Fleet;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class FleetFilterTests
{
    private static readonly FleetOutlook Outlook = AnOutlook.Of(
        new AServer("db-01") { Profile = ServerProfile.Database, Risk = 91 },
        new AServer("web-01") { Risk = 66, Source = ForecastSource.Baseline },
        new AServer("web-02") { Risk = 12, SilentFor = TimeSpan.FromHours(1) });

    [Theory]
    [InlineData(null, null, null, null, null, null, "db-01 web-01 web-02")]
    [InlineData("WEB", null, null, null, null, null, "web-01 web-02")]
    [InlineData(null, "database", null, null, null, null, "db-01")]
    [InlineData(null, null, "warning", null, null, null, "db-01 web-01")]
    [InlineData(null, null, "Critical", null, null, null, "db-01")]
    [InlineData(null, null, null, "baseline", null, null, "web-01")]
    [InlineData(null, null, null, null, "30m", null, "db-01")]
    [InlineData(null, null, null, null, "8h", null, "db-01 web-01")]
    [InlineData(null, null, null, null, null, "yes", "web-02")]
    [InlineData("web", "web_api", "degrading", null, null, null, "web-01")]
    [InlineData(null, "a printer", "-3", "crystal ball", "soon", "maybe", "db-01 web-01 web-02")]
    public void An_address_says_which_servers_and_what_it_gets_wrong_narrows_nothing(string? search, string? profile, string? level, string? model, string? due, string? stale, string expected)
    {
        var filter = FleetFilter.From(search, profile, level, model, due, stale);
        Assert.Equal(expected, string.Join(' ', Outlook.Servers.Where(server => filter.Lets(server, Outlook)).Select(server => server.Server.Name)));
    }

    [Fact]
    public void Columns_come_and_go_by_the_address_and_a_name_that_is_none_hides_nothing()
    {
        var columns = FleetColumns.From("cpu,name,nonsense");
        Assert.False(columns.Show(FleetColumn.Cpu));
        Assert.True(columns.Show(FleetColumn.Name));
        Assert.Equal("cpu,disk", columns.With(FleetColumn.Disk, shown: false));
        Assert.Null(columns.With(FleetColumn.Cpu, shown: true));
    }
}
