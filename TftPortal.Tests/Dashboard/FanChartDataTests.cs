using System.Runtime.InteropServices;
using TftPortal.Dashboard.Charts;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Tests.Dashboard;

public sealed class FanChartDataTests
{
    private static readonly MetricDefinition Memory = MetricCatalog.Of(Metric.MemUsedPercent);

    [Fact]
    public void A_chart_holds_the_past_then_three_ordered_quantiles_and_gaps_are_no_zeroes()
    {
        var outlook = AnOutlook.Of(new AServer("web-01") { ObservedSteps = 10 });
        var data = FanChartData.Of(Memory, outlook.Servers[0], outlook, ChartThresholds.None);
        var values = MemoryMarshal.Cast<byte, float>(data.Values).ToArray();

        Assert.Equal(72 + (3 * 96), values.Length);
        Assert.All(values[..62], value => Assert.True(float.IsNaN(value)));
        Assert.All(values[62..], value => Assert.InRange(value, 0, 100));
        for (var step = 0; step < 96; step++) Assert.True(values[72 + step] <= values[168 + step] && values[168 + step] <= values[264 + step]);
        Assert.Equal(outlook.Grid.StartOf(outlook.FirstStep - 72).ToUnixTimeMilliseconds(), data.Frame.FirstMilliseconds);
    }

    [Fact]
    public void A_database_has_its_own_memory_thresholds_and_idle_is_dangerous_below()
    {
        var rules = new RuleLookup(new Watchlist(new()), new());
        Assert.Equal(new ChartThresholds(95, 99), ChartThresholds.Of(rules.For("any", ServerProfile.Database), Memory));
        Assert.Equal(new ChartThresholds(90, 98), ChartThresholds.Of(rules.For("any", ServerProfile.WebApi), Memory));
        Assert.Equal(new ChartThresholds(15, 5), ChartThresholds.Of(rules.For("any", ServerProfile.WebApi), MetricCatalog.Of(Metric.CpuIdlePercent)));
        Assert.Equal(ChartThresholds.None, ChartThresholds.Of(rules.For("any", ServerProfile.WebApi), MetricCatalog.Of(Metric.UptimeDays)));
    }
}
