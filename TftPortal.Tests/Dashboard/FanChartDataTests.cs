using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Server;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Dashboard;

public sealed class FanChartDataTests
{
    private static readonly MetricDefinition Memory = MetricCatalog.Of(Metric.MemUsedPercent);

    [Fact]
    public void A_chart_holds_the_past_then_five_ordered_quantiles_and_gaps_are_no_zeroes()
    {
        var outlook = AnOutlook.Of(new AServer("web-01") { ObservedSteps = 10 });
        var data = ChartOf(outlook, "1h", "2h");
        var values = MemoryMarshal.Cast<byte, float>(data.Values).ToArray();

        Assert.Equal(12 + (5 * 24), values.Length);
        Assert.All(values[..2], value => Assert.True(float.IsNaN(value)));
        Assert.All(values[2..], value => Assert.InRange(value, 0, 100));
        for (var step = 0; step < 24; step++)
        for (var band = 1; band < 5; band++) Assert.True(values[12 + ((band - 1) * 24) + step] <= values[12 + (band * 24) + step]);
        Assert.Equal(outlook.Grid.StartOf(outlook.FirstStep - 12).ToUnixTimeMilliseconds(), data.Frame.FirstMilliseconds);
        Assert.Equal(outlook.Grid.StartOf(outlook.FirstStep).ToUnixTimeMilliseconds(), data.Frame.AheadMilliseconds);
        Assert.False(data.Frame.HasSpan);
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("8h")]
    [InlineData("1d")]
    [InlineData("1w")]
    [InlineData("1M")]
    public void However_long_the_past_a_chart_has_some_hundred_points_and_the_newest_is_in_the_last(string past)
    {
        var outlook = AnOutlook.Of(new AServer("web-01").With(Metric.MemUsedPercent, 71));
        var data = ChartOf(outlook, past, "8h");
        var frame = data.Frame;
        var values = MemoryMarshal.Cast<byte, float>(data.Values).ToArray();

        Assert.InRange(frame.History, 12, HistoryRange.MostPoints);
        Assert.Equal(past is "1w" or "1M", frame.HasSpan);
        Assert.InRange(frame.AheadMilliseconds - (frame.FirstMilliseconds + ((frame.History - 1) * frame.PointMilliseconds)), 1, frame.PointMilliseconds);
        if (!frame.HasSpan) Assert.Equal(71, values[frame.History - 1], 0.01);
        else Assert.True(values[(2 * frame.History) - 1] <= values[frame.History - 1] && values[frame.History - 1] <= values[(3 * frame.History) - 1]);
    }

    [Fact]
    public void What_the_window_does_not_hold_is_the_historys_and_what_it_holds_is_its_own()
    {
        var outlook = AnOutlook.Of(new AServer("web-01"));
        var window = outlook.Servers[0].Server.History;
        var end = outlook.Grid.StartOf(outlook.FirstStep);
        var range = new HistoryRange(end.AddDays(-30), end);
        var bucket = range.BucketOf(outlook.Grid.Length);
        var first = PastPoints.Of(window, outlook.Grid, outlook.FirstStep, TimeSpan.FromDays(30)).FirstMilliseconds;
        ImmutableArray<DateTimeOffset> times = [.. Enumerable.Range(0, 241).Select(point => DateTimeOffset.FromUnixTimeMilliseconds(first) + (point * bucket)).Where(time => time < end)];
        var recorded = new ServerPast("web-01", range, bucket, times, [new(Metric.MemUsedPercent, [.. times.Select(_ => 20f)], [.. times.Select(_ => 10f)], [.. times.Select(_ => 30f)])]);

        var past = PastPoints.Of(window, outlook.Grid, outlook.FirstStep, TimeSpan.FromDays(30), recorded);
        float[] mean = new float[past.Count], low = new float[past.Count], high = new float[past.Count];
        past.CopyTo(Metric.MemUsedPercent, mean, low, high);

        Assert.Equal((20f, 10f, 30f), (mean[0], low[0], high[0]));
        Assert.All(mean, value => Assert.False(float.IsNaN(value)));
        Assert.NotEqual(20f, mean[^1]);
    }

    [Theory]
    [InlineData("2d", null, "past")]
    [InlineData(null, "3h", "ahead")]
    [InlineData("", null, "past")]
    public void An_address_that_asks_for_what_is_not_offered_is_told_what_is(string? past, string? ahead, string field)
    {
        Assert.Null(ServerAsk.Read("web-01", past, ahead, out var fault));
        Assert.Equal(field, fault!.Field);
        Assert.Contains("8h", fault.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_carries_what_is_not_usual_and_no_more()
    {
        Assert.Equal("servers/web%2001", ServerAsk.Read("web 01", null, "8h", out _)!.Address);
        Assert.Equal("servers/web-01?past=1w&ahead=2h", ServerAsk.Read("web-01", "1w", "2h", out _)!.Address);
    }

    [Fact]
    public void A_database_has_its_own_memory_thresholds_and_idle_is_dangerous_below()
    {
        var rules = new RuleLookup(new Watchlist(new()), new());
        Assert.Equal(new ChartThresholds(95, 99), ChartThresholds.Of(rules.For("any", ServerProfile.Database), Memory));
        Assert.Equal(new ChartThresholds(90, 98), ChartThresholds.Of(rules.For("any", ServerProfile.WebApi), Memory));
        Assert.Equal(new ChartThresholds(15, 5) { IsBelow = true }, ChartThresholds.Of(rules.For("any", ServerProfile.WebApi), MetricCatalog.Of(Metric.CpuIdlePercent)));
        Assert.Equal(ChartThresholds.None, ChartThresholds.Of(rules.For("any", ServerProfile.WebApi), MetricCatalog.Of(Metric.UptimeDays)));
    }

    private static FanChartData ChartOf(FleetOutlook outlook, string past, string ahead)
    {
        var (server, ask) = (outlook.Servers[0], ServerAsk.Read("web-01", past, ahead, out _)!);
        return FanChartData.Of(Memory, server, outlook, ChartThresholds.None, PastPoints.Of(server.Server.History, outlook.Grid, FanChartData.EndOfPast(server, outlook), ask.PastLength), ask.AheadLength);
    }
}
