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
    public void Two_even_chances_make_three_quarters() =>
        Assert.Equal(0.75, FleetScorer.Score([Risk(10, 0.5), Risk(10, 0.5)]).ProbabilityIn30Minutes, 9);

    private static RiskScore Risk(double value, double probability) =>
        new(value, value >= 80 ? RiskLevel.Critical : value >= 60 ? RiskLevel.Warning : RiskLevel.Healthy, probability, probability, null);
}
