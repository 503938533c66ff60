using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Backtest;

public sealed class SuppositionTests
{
    private static readonly DateTimeOffset Now = AReading.Noon.AddMinutes(5); // the step that is not over ends then
    private static readonly ServerOutlook Server = new(
        AHistory.Of("web-01").Until(Now).Steps(72).With(Metric.MemUsedPercent, step => step is (>= 20 and < 24) or 40 ? 80 : 60).Snapshot(),
        AForecast.Of("web-01").With(Metric.MemUsedPercent, step => 60 + step, spread: 2).Made(), RiskScore.None);

    [Fact]
    public void The_past_tells_when_it_was_past_the_threshold_and_a_spike_of_one_step_does_not_count()
    {
        var told = Of(75);
        Assert.Equal(Now.AddHours(-6), told.Since);
        Assert.Equal([new PastIncident(Now.AddMinutes(-52 * 5), Now.AddMinutes(-48 * 5))], told.Incidents);
        Assert.False(told.IsPast);
        Assert.Empty(Of(81).Incidents);
        Assert.Equal(Now.AddHours(-1), Of(75, past: 1).Since);
        Assert.Empty(Of(75, past: 1).Incidents);
    }

    [Fact]
    public void The_forecast_tells_when_it_is_reached_and_how_likely_within_what_is_looked_ahead()
    {
        var told = Of(90);
        Assert.Equal(Now.AddMinutes(30 * 5), told.Ahead!.At); // 60 + 30
        Assert.True(told.Ahead.IsExpected);
        Assert.True(told.Ahead.Earliest <= told.Ahead.At && told.Ahead.At <= told.Ahead.Latest);
        Assert.InRange(told.Probability!.Value, 0.5, 1);

        var soon = Of(90, ahead: 1);
        Assert.Null(soon.Ahead);
        Assert.InRange(soon.Probability!.Value, 0, 0.01);
    }

    [Fact]
    public void What_is_past_it_now_is_certain_and_where_low_is_the_danger_it_lies_below()
    {
        var below = Of(65, isBelow: true);
        Assert.True(below.IsPast);
        Assert.Equal(1, below.Probability);
        Assert.False(Of(65).IsPast);
        Assert.Single(Of(55).Incidents); // all the time: one, from the first step on
    }

    [Fact]
    public void What_was_never_sent_has_no_past_and_no_forecast_and_an_unknown_measure_is_refused()
    {
        var none = Of(20, "swap_used_pct");
        Assert.Equal((null, null, null), (none.Since, none.Probability, none.Ahead));
        Assert.Contains("cpu_used_pct", Assert.Throws<ArgumentException>(() => Of(20, "cpu")).Message, StringComparison.Ordinal);
    }

    private static Supposition Of(float threshold, string measure = "mem_used_pct", bool isBelow = false, int past = 6, int ahead = 8) =>
        Supposition.Of(Server, AnOutlook.Of(1, AnOutlook.Noon, [Server]), measure, isBelow, threshold, TimeSpan.FromHours(past), TimeSpan.FromHours(ahead));
}
