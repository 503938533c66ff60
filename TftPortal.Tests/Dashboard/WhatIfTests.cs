using Bunit;
using TftPortal.Dashboard.Alerts;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Server;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class WhatIfTests
{
    [Fact]
    public void A_threshold_that_is_moved_shows_in_its_chart_alone_and_is_carried_to_the_back_test()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01").With(Metric.MemUsedPercent, 71)));
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        page.Find("[aria-label='What if the threshold of Memory were elsewhere']").Click();
        Assert.Equal("90", page.WaitForElement(".what-if input[type=number]").GetAttribute("value")); // where it stands

        page.Find(".what-if input[type=number]").Input("50");
        page.WaitForAssertion(() => Assert.Contains("at or above 50\u202f%", page.Find(".what-if").TextContent, StringComparison.Ordinal));
        Assert.Contains("It is past it now.", page.Find(".what-if").TextContent, StringComparison.Ordinal);
        Assert.Equal("alerts/backtest?metric=mem_used_pct&servers=web-01&warning=50", page.Find(".what-if a").GetAttribute("href"));
        Assert.Equal([50f], page.FindComponents<FanChart>().Select(chart => chart.Instance.Data.Frame.Tried).OfType<float>());

        page.Find(".what-if input[type=number]").Input("101");
        Assert.Equal("“101” is no threshold: it must be a number from 0 to 100.", page.WaitForElement(".what-if [role=alert]").TextContent);
        Assert.DoesNotContain(page.FindComponents<FanChart>(), chart => chart.Instance.Data.Frame.Tried is not null);
    }

    [Fact]
    public void The_chart_of_idle_moves_the_threshold_of_the_cpu_in_use()
    {
        var idle = MovedThreshold.Read("15", MetricCatalog.Of(Metric.CpuIdlePercent), isBelow: true)!;
        Assert.Equal("alerts/backtest?metric=cpu_used_pct&servers=web-01&warning=85", idle.Backtest("web-01"));

        var outlook = AnOutlook.Of(new AServer("web-01").With(Metric.CpuIdlePercent, 10));
        Assert.True(idle.Ask(outlook.Servers[0], outlook, ServerAsk.Usual("web-01")).IsPast);
    }

    [Theory]
    [InlineData(false, "80", "95", "95")]
    [InlineData(false, "97", "95", "97")]
    [InlineData(true, "10", "5", "5")]
    [InlineData(true, "3", "5", "3")]
    [InlineData(false, "80", "", "80")]
    public void A_draft_takes_the_moved_threshold_and_critical_stays_beyond_it(bool isBelow, string warning, string critical, string then)
    {
        var draft = new RuleDraft { IsBelow = isBelow, Critical = critical };
        draft.Suppose(float.Parse(warning, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((warning, then), (draft.Warning, draft.Critical));
    }
}
