using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Risk;

public class FleetScorerTests
{
    [Fact]
    public void Nothing_is_known_of_a_fleet_without_servers() => Assert.Equal("unknown", FleetScorer.Score([]).Health);

    [Theory]
    [InlineData(0, 0, "healthy")]
    [InlineData(0, 1, "degraded")]
    [InlineData(0, 4, "warning")]
    [InlineData(1, 0, "warning")]
    [InlineData(3, 0, "critical")]
    public void A_fleet_of_thirty_in_a_word(int critical, int warning, string health)
    {
        var risks = Enumerable.Range(0, 30).Select(index => index < critical ? Risk(90, 0) : index < critical + warning ? Risk(65, 0) : Risk(10, 0)).ToList();

        Assert.Equal(health, FleetScorer.Score(risks).Health);
        Assert.Equal(critical + warning, FleetScorer.Score(risks).HighRiskServers);
    }

    [Fact]
    public void A_fleet_is_as_probable_to_fail_as_its_worst_server_and_more_so_where_many_may()
    {
        Assert.Equal(0.5, Soon(0.5, 0, 0, 0.01), 2);
        Assert.Equal(0.875, Soon([.. Enumerable.Repeat(0.5, 6)]), 9);
        Assert.Equal(1, Soon(0.1, 1, 0.1));
    }

    [Fact]
    public void Twenty_servers_that_hardly_threaten_are_not_a_certain_incident() => Assert.InRange(Soon([.. Enumerable.Repeat(0.02, 20)]), 0.02, 0.2);

    private static double Soon(params double[] probabilities) => FleetScorer.Score([.. probabilities.Select(probability => Risk(10, probability))]).ProbabilityIn30Minutes;

    private static RiskScore Risk(double value, double probability) =>
        new(value, value >= 80 ? RiskLevel.Critical : value >= 60 ? RiskLevel.Warning : RiskLevel.Healthy, probability, probability, null);
}
