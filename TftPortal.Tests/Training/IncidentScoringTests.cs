using TftPortal.Engine.Backtest;
using TftPortal.Training.Scoring.Incidents;

namespace TftPortal.Tests.Training;

/// <summary>The incident protocol of docs/training.md.</summary>
public class IncidentScoringTests
{
    [Fact]
    public void An_onset_is_a_sustained_rise_after_an_hour_below()
    {
        var values = new float[100];
        values[30] = 90; // a spike
        values.AsSpan(60, 4).Fill(90); // an incident
        values.AsSpan(70, 4).Fill(90); // the same one: not an hour below in between

        var watch = IncidentWatch.Of(values, 80, from: 12);

        Assert.Equal([60 - 12], watch.Onsets);
        Assert.True(watch.IsArmed[30 - 12]);
        Assert.True(watch.IsArmed[59 - 12]);
        Assert.Equal(Enumerable.Range(60, 26), Enumerable.Range(12, 88).Where(step => !watch.IsArmed[step - 12])); // to an hour after step 73
    }

    [Fact]
    public void An_alert_within_the_hour_before_is_a_hit_and_any_other_a_false_alarm()
    {
        var values = new float[288];
        values.AsSpan(100, 5).Fill(90);
        values.AsSpan(200, 5).Fill(90);
        var scores = new double[288];
        scores[95] = scores[97] = 1; // one alert: it stands for an hour
        scores[102] = 1; // within the incident: nobody counts it
        scores[150] = 1; // nothing follows

        var score = new AlarmScore();
        score.Add(IncidentWatch.Of(values, 80, from: 0), scores, threshold: 1);

        Assert.Equal((2, 1, .5, .5, 5d), (score.Onsets, score.FalseAlarms, score.Recall, score.Precision, score.MedianLead));
        Assert.Equal((1d, .5, 0d), (score.FalseAlarmsADay, score.RecallWithLead(5), score.RecallWithLead(6)));
    }

    [Fact]
    public void A_constant_alarm_costs_24_a_day()
    {
        var score = new AlarmScore();
        score.Add(IncidentWatch.Of(new float[288], 80, from: 0), Enumerable.Repeat(1d, 288).ToArray(), threshold: 1);

        Assert.Equal(24, score.FalseAlarms);
    }

    [Fact]
    public void A_logistic_regression_finds_the_odds_that_made_the_data()
    {
        var random = new Random(1);
        var fit = new LogisticFit();
        for (var row = 0; row < 20_000; row++)
        {
            double x = (random.NextDouble() * 4) - 2, y = (random.NextDouble() * 4) - 2;
            fit.Add(x, y, random.NextDouble() < 1 / (1 + Math.Exp(-((.5 * x) + (-1 * y) + .25))));
        }

        Assert.Equal([.5, -1, .25], fit.Solve(), (one, other) => Math.Abs(one - other) < .1);
    }
}
