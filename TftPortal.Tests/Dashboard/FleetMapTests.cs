using CsCheck;
using TftPortal.Dashboard.Fleet;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class FleetMapTests
{
    [Theory]
    [InlineData("web-01", "web")]
    [InlineData("ppapi0007", "ppapi")]
    [InlineData("db.eu.7", "db.eu")]
    [InlineData("build-host", "build")]
    [InlineData("mainframe", "mainframe")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    public void The_beginning_of_a_name_ends_at_its_first_digit_or_last_separator(string name, string prefix) => Assert.Equal(prefix, FleetMapDrawing.PrefixOf(name));

    [Fact]
    public void Every_server_has_one_cell_of_its_level_in_one_group_and_names_stand_in_the_order_of_cells() =>
        Gen.Select(Gen.Int[0, 100].Array[1, 300], Gen.Enum<FleetGrouping>()).Sample((risks, grouping) =>
        {
            var outlook = AnOutlook.Of([.. risks.Select((risk, index) => new AServer($"{(char)('a' + (risk % 5))}-{index}") { Risk = risk, Profile = (ServerProfile)(index % 7) })]);
            var map = FleetMapDrawing.Of(outlook, grouping);

            Assert.Equal(outlook.Servers.Select(server => server.Server.Name).Order(StringComparer.Ordinal), map.Groups.SelectMany(group => group.Names.Split('\n')).Order(StringComparer.Ordinal));
            foreach (var group in map.Groups)
            {
                var names = group.Names.Split('\n');
                Assert.Equal(names.Length, group.Levels.Length);
                Assert.All(names.Zip(group.Levels), cell => Assert.Equal(outlook.ByName[cell.First].Risk.Level, (RiskLevel)(cell.Second - '0')));
            }
        }, iter: 25);

    [Fact]
    public void A_server_keeps_its_place_when_its_risk_changes()
    {
        var (calm, burning) = (AnOutlook.Of(new AServer("a-1"), new AServer("a-2"), new AServer("a-3")), AnOutlook.Of(new AServer("a-1"), new AServer("a-2"), new AServer("a-3") { Risk = 95 }));
        Assert.Equal(FleetMapDrawing.Of(calm, FleetGrouping.Profile).Groups.Single().Names, FleetMapDrawing.Of(burning, FleetGrouping.Profile).Groups.Single().Names);
        Assert.Equal("003", FleetMapDrawing.Of(burning, FleetGrouping.Profile).Groups.Single().Levels);
    }
}
