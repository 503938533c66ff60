using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Alerts;

/// <summary>What comes in bursts is judged by the forecast and by what the server's earlier bursts came to.</summary>
public class BurstAlertTests
{
    private static readonly DateTimeOffset Noon = AReading.Noon;

    [Theory]
    [InlineData(100, true)]
    [InlineData(0, false)]
    public void The_same_doubtful_forecast_is_an_alert_only_where_bursts_have_become_incidents(float then, bool isAlert)
    {
        var server = AHistory.Of("web-01").Until(Noon).Steps(2016).With(Metric.CpuIdlePercent, step => 100 - Cpu(step, then)).Snapshot();
        var doubtful = AForecast.Of("web-01").With(Metric.CpuIdlePercent, 50, 25).Made();

        var alerts = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid).Review([new(server, doubtful, RiskScore.None)], Noon);

        Assert.Equal(isAlert ? ["cpu_used_pct"] : [], alerts.Select(alert => alert.Metric));
        Assert.All(alerts, alert => Assert.Equal(AlertState.Predicted, alert.State));
    }

    [Fact]
    public void Memory_that_goes_where_it_has_never_been_alerts_all_the_same()
    {
        var server = AHistory.Of("web-01").Until(Noon).Steps(2016).With(Metric.MemUsedPercent, step => 40 + (step * .02f)).Snapshot();
        var leak = AForecast.Of("web-01").With(Metric.MemUsedPercent, step => 88 + (step * .5f), 1).Made();

        var alert = Assert.Single(new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid).Review([new(server, leak, RiskScore.None)], Noon));

        Assert.InRange(alert.Probability, .9, 1);
        Assert.True(alert.BreachFrom < alert.BreachAt && alert.BreachAt < alert.BreachUntil, $"{alert.BreachFrom} {alert.BreachAt} {alert.BreachUntil}");
        Assert.Equal("web-01: memory predicted to reach 90 % (p50) at 12:25 UTC (12:15–12:35), probability 100 %.", alert.Message);
    }

    [Fact]
    public void What_is_raised_a_third_time_within_two_hours_flaps_and_clears_later()
    {
        var desk = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid);
        for (var time = 0; time < 2; time++)
        {
            Assert.Single(Review(desk, time * 20, 93));
            Review(desk, (time * 20) + 1, 50);
            Assert.Empty(Review(desk, (time * 20) + 11, 50));
        }

        var third = Assert.Single(Review(desk, 40, 93));
        Review(desk, 41, 50);

        Assert.Equal(3, third.RaisedTimes);
        Assert.EndsWith("Flapping: raised 3 times within 2 hours.", third.Message, StringComparison.Ordinal);
        Assert.Single(Review(desk, 52, 50));
        Assert.Single(Review(desk, 70, 50));
        Assert.Empty(Review(desk, 71, 50));
        Assert.Equal(1, Assert.Single(Review(desk, 300, 93)).RaisedTimes); // the afternoon is forgiven
    }

    [Fact]
    public void A_desk_that_recalls_another_goes_on_as_it_would_have()
    {
        var one = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid);
        Review(one, 0, 93);
        var raised = Assert.Single(Review(one, 1, 50)); // quiet since the first minute

        var other = new AlertDesk(AnOutlook.Watchlist, new(), AWindow.Grid);
        other.Recall(one.Memory);

        Assert.Equal(raised.Id, Assert.Single(Review(other, 10, 50)).Id);
        Assert.Empty(Review(other, 11, 50));
        Assert.Equal(2, Assert.Single(Review(other, 12, 93)).RaisedTimes);
    }

    private static Alert[] Review(AlertDesk desk, int minute, float memory) =>
        [.. desk.Review([AnOutlook.Of(AReading.From("web-01").At(Noon.AddMinutes(minute)).WithMemory(memory))], Noon.AddMinutes(minute))];

    /// <summary>Every 100 steps a step at 50, then five at what is given; the last step is the 50 of another.</summary>
    private static float Cpu(int step, float then) => step == 2015 ? 50 : (step % 100) switch { 99 => 50, < 5 when step > 99 => then, _ => 1 };
}
