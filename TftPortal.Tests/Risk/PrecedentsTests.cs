using CsCheck;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Risk;

public class PrecedentsTests
{
    private const int Week = 2016;

    [Fact]
    public void A_server_whose_bursts_end_at_the_ceiling_is_told_from_one_whose_bursts_come_to_nothing()
    {
        var serious = Precedents.Share(Bursts(then: 100), threshold: 80);
        var harmless = Precedents.Share(Bursts(then: 0), threshold: 80);

        Assert.InRange(serious, .5, 1);
        Assert.InRange(harmless, 0, .05);
    }

    [Fact]
    public void A_spike_of_one_step_is_no_incident()
    {
        var spikes = Bursts(then: 0);
        for (var step = 100; step + 2 < Week; step += 100) spikes[step + 1] = 100;

        Assert.InRange(Precedents.Share(spikes, 80), 0, .05);
    }

    [Fact]
    public void A_week_of_which_nothing_is_known_says_little() => Assert.InRange(Precedents.Share(Enumerable.Repeat(float.NaN, Week).ToArray(), 80), .0001, .01);

    [Fact]
    public void It_is_a_share_whatever_the_week() => Gen.Select(Gen.Frequency((9, Gen.Float[0, 100]), (1, Gen.Const(float.NaN))).Array[0, 300], Gen.Float[1, 100]).Sample((week, threshold) =>
    {
        var share = Precedents.Share(week, threshold);
        return share is > 0 and < 1;
    });

    [Theory]
    [InlineData(new double[] { 0, 0, .9, 0, 0 }, 0)] // the peak of a single step
    [InlineData(new double[] { 0, .9, .9, 0, 0 }, .9)]
    [InlineData(new double[] { 0, .9, 0, .9, 0 }, .9)] // 2 of 3
    [InlineData(new double[] { .5, .5 }, .5)]
    public void An_incident_is_as_probable_as_two_steps_of_three(double[] steps, double least)
    {
        var probability = Incident.Probability(steps);
        if (least == 0) Assert.Equal(0, probability);
        else Assert.InRange(probability, least, 1);
    }

    [Fact]
    public void Of_a_new_server_the_forecast_alone_decides_and_of_a_known_one_both() => Gen.Select(Gen.Double[.001, .999], Gen.Double[.001, .999]).Sample((forecast, share) =>
    {
        Assert.Equal(forecast, IncidentOdds.Probability(forecast, share, known: 0), 1e-9);
        Assert.True(IncidentOdds.Probability(forecast, Math.Min(.9995, share * 1.1), known: 1) >= IncidentOdds.Probability(forecast, share, known: 1));
        Assert.True(IncidentOdds.Probability(Math.Min(.9995, forecast * 1.1), share, known: 1) >= IncidentOdds.Probability(forecast, share, known: 1));
    });

    /// <summary>A week at rest in which every 100 steps something begins: a step at 50, then five at what is given. It ends at 50.</summary>
    private static float[] Bursts(float then)
    {
        var week = new float[Week];
        for (var step = 99; step + 6 < Week; step += 100)
        {
            week[step] = 50;
            week.AsSpan(step + 1, 5).Fill(then);
        }

        week[^1] = 50;
        return week;
    }
}
