using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Tests.Accuracy;

public class ForecastGuardTests
{
    private const float Fineness = .1f;

    /// <summary>Points a server's metric gets in a day: five horizons every 25 of 288 steps.</summary>
    private const int PointsOfDay = 58;

    [Fact]
    public void Where_the_network_loses_for_long_the_baseline_answers_and_the_forecast_says_so()
    {
        var fleet = new AScoredFleet(step => 50 + (step % 5), (_, _) => 80, past: 300).Steps(12 * 24);
        Assert.Equal(ForecastSource.Tft, fleet.Server.Forecast.Of(Metric.MemUsedPercent)!.Source); // too few points yet

        fleet.Steps(12 * 22);

        var forecast = fleet.Server.Forecast;
        Assert.Equal(ForecastSource.Baseline, forecast.Of(Metric.MemUsedPercent)!.Source);
        Assert.Equal(ForecastSource.Baseline, forecast.ModelType); // it sends nothing else
        Assert.Equal(80, forecast.NetworkOf(Metric.MemUsedPercent)!.At(QuantileLevels.P50, 0), .01);
        Assert.InRange(forecast.Of(Metric.MemUsedPercent)!.At(QuantileLevels.P50, 0), 49, 55);
        Assert.Equal(1, fleet.Board.Latest.GuardedMetrics);
        Assert.Equal(["web-01"], fleet.Board.Latest.Guarded.Select(server => server.Server));
        Assert.True(fleet.Memory().AnsweredWql < fleet.Memory().Wql);
    }

    [Fact]
    public void A_network_that_is_right_again_comes_back()
    {
        var isWrong = true;
        var fleet = new AScoredFleet(step => 50 + (step % 5), (first, ahead) => isWrong ? 53 + ((first + ahead - 1) % 5) : 50 + ((first + ahead - 1) % 5), spread: .2f, past: 300).Steps(12 * 46);
        Assert.NotEqual(0, fleet.Guard.Of("web-01"));

        isWrong = false;
        fleet.Steps(6 * 288);

        Assert.Equal(0, fleet.Guard.Of("web-01"));
        Assert.Equal(ForecastSource.Tft, fleet.Server.Forecast.ModelType);
    }

    [Fact]
    public void A_better_network_is_never_replaced()
    {
        static float Truth(long step) => 50 + (step % 5);
        var fleet = new AScoredFleet(Truth, (first, ahead) => Truth(first + ahead - 1), spread: .2f, past: 300);

        for (var hour = 0; hour < 60; hour++) Assert.Equal(0, fleet.Steps(12).Guard.Of("web-01"));
    }

    [Theory]
    [InlineData(false, 1.05f, false)]
    [InlineData(false, 1.20f, true)]
    [InlineData(true, 1.05f, true)]
    [InlineData(true, 0.99f, false)]
    public void Between_the_margins_it_stays_as_it_is(bool isGuarded, float network, bool expected) =>
        Assert.Equal(expected, ForecastGuard.IsBaselineBetter(isGuarded, network * 1000, 1000, 100, Fineness));

    [Fact]
    public void Too_few_points_change_nothing() =>
        Gen.Select(Gen.Bool, Gen.Float[0, 1000], Gen.Float[0, 1000], Gen.Float[0, 59.9f]).Sample((isGuarded, network, baseline, points) =>
            Assert.Equal(isGuarded, ForecastGuard.IsBaselineBetter(isGuarded, network, baseline, points, Fineness)));

    [Fact]
    public void What_nobody_cares_about_is_no_loss() =>
        Assert.False(ForecastGuard.IsBaselineBetter(isGuarded: false, network: .009f * 100, baseline: 0, points: 100, Fineness));

    /// <summary>
    /// The bound: over a week, of a network that is any factor worse or better than the baseline and may change that once, what is answered loses at most 1.15 times what the better of the two lost over the week,
    /// plus what the network lost more than the baseline in the first 90 points (until there are 60, faded), plus three days of the difference after a change, which is what it takes to see it.
    /// </summary>
    [Fact]
    public void Over_a_week_it_is_never_worse_than_the_better_one_beyond_the_bound() =>
        Gen.Select(Gen.Double[.25, 4], Gen.Double[.25, 4], Gen.Int[0, 7 * PointsOfDay], Gen.Int[0, 1_000_000]).Sample((factor, later, change, seed) =>
        {
            var random = new Random(seed);
            var fade = (float)Math.Exp(-1.0 / (2 * PointsOfDay));
            float fadedNetwork = 0, fadedBaseline = 0, points = 0;
            double network = 0, baseline = 0, answered = 0, learning = 0;
            var isGuarded = false;
            for (var point = 0; point < 7 * PointsOfDay; point++)
            {
                // Losses of the same point go together: a hard one is hard for both.
                var hard = Math.Exp(.7 * Normal(random));
                var (ofNetwork, ofBaseline) = ((point < change ? factor : later) * hard * Math.Exp(.3 * Normal(random)), hard * Math.Exp(.3 * Normal(random)));
                network += ofNetwork;
                baseline += ofBaseline;
                answered += isGuarded ? ofBaseline : ofNetwork;
                if (point < 90 || (point >= change && point < change + (3 * PointsOfDay))) learning += Math.Abs(ofNetwork - ofBaseline);
                (fadedNetwork, fadedBaseline, points) = ((fadedNetwork * fade) + (float)ofNetwork, (fadedBaseline * fade) + (float)ofBaseline, (points * fade) + 1);
                isGuarded = ForecastGuard.IsBaselineBetter(isGuarded, fadedNetwork, fadedBaseline, points, fineness: 0);
            }

            Assert.InRange(answered, 0, (1.15 * Math.Min(network, baseline)) + learning);
        }, iter: 2_000);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
