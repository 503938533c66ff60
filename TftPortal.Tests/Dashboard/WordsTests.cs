using TftPortal.Dashboard.Fleet;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome 131 on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51", "Edge 131 on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox 133 on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari 18 on iOS")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome 131 on Android")]
    [InlineData("Mozilla/5.0 Chrome/", "Chrome")]
    [InlineData("curl/8.11.0", "curl/8.11.0")]
    [InlineData("", "no user agent")]
    public void A_browser_is_called_what_people_call_it(string sent, string name) => Assert.Equal(name, BrowserNames.Of(sent));

    [Theory]
    [InlineData(-5, "now")]
    [InlineData(0.9, "now")]
    [InlineData(12, "12 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3_599, "59 min")]
    [InlineData(7_200, "2 h")]
    [InlineData(7_500, "2 h 5 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(97_300, "1 d 3 h")]
    public void An_age_is_told_in_few_letters(double seconds, string words) => Assert.Equal(words, Ages.Words(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0\u202f%")]
    [InlineData(0.004, "<1\u202f%")]
    [InlineData(0.78, "78\u202f%")]
    [InlineData(0.996, ">99\u202f%")]
    [InlineData(1, "100\u202f%")]
    public void A_chance_is_never_rounded_to_certainty(double probability, string words) => Assert.Equal(words, Figures.Chance(probability));

    [Fact]
    public void A_missing_value_is_a_dash_and_never_zero()
    {
        Assert.Equal("–", Figures.Of(MetricCatalog.Of(Metric.MemUsedPercent), double.NaN));
        Assert.Equal("–", Figures.Percent(float.NaN));
    }

    [Fact]
    public void Cpu_in_use_is_what_is_not_idle_or_user_and_system_where_idle_is_not_sent()
    {
        var server = new AServer("web-01").With(Metric.CpuIdlePercent, 30).With(Metric.CpuUserPercent, 40).With(Metric.CpuSysPercent, 5);
        Assert.Equal(70, Readouts.CpuUsed(server.Build(AnOutlook.Noon).Server));
        Assert.Equal(45, Readouts.CpuUsed((server with { Absent = [Metric.CpuIdlePercent] }).Build(AnOutlook.Noon).Server));
        Assert.True(float.IsNaN(Readouts.CpuUsed((server with { Absent = [Metric.CpuIdlePercent, Metric.CpuUserPercent] }).Build(AnOutlook.Noon).Server)));
    }

    [Fact]
    public void A_column_sorts_largest_first_with_missing_values_last_both_ways()
    {
        var outlook = AnOutlook.Of(new AServer("low").With(Metric.DiskUsagePercent, 10), new AServer("none") { Absent = [Metric.DiskUsagePercent] }, new AServer("high").With(Metric.DiskUsagePercent, 90));
        Assert.Equal(["high", "low", "none"], FleetView.From(FleetFilter.All, "disk").Of(outlook).Select(server => server.Server.Name));
        Assert.Equal(["low", "high", "none"], FleetView.From(FleetFilter.All, "-disk").Of(outlook).Select(server => server.Server.Name));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-99")]
    [InlineData("")]
    public void An_unknown_sorting_in_the_address_is_the_order_by_risk(string sort) => Assert.Equal(new FleetView(FleetFilter.All, FleetColumn.Risk, false), FleetView.From(FleetFilter.All, sort));
}
