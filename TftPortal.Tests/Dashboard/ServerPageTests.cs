using Bunit;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Server;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class ServerPageTests
{
    [Fact]
    public void An_unknown_server_is_said_to_be_unknown_and_appears_when_it_reports()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01")));
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-02"));
        Assert.Contains("No server called “web-02”", page.Markup, StringComparison.Ordinal);

        browser.Feed.Publish(AnOutlook.Of(2, AnOutlook.Noon.AddSeconds(30), new AServer("web-01"), new AServer("web-02")));

        page.WaitForAssertion(() => Assert.Equal("web-02", page.Find("h1").TextContent));
    }

    [Fact]
    public void Each_metric_has_a_chart_in_words_and_one_not_sent_has_a_line_instead()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01") { Absent = [Metric.JavaCpuPercent, Metric.SwapUsedPercent] }.With(Metric.MemUsedPercent, 71)));
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));

        Assert.Equal(12, page.FindAll(".fan-chart").Count);
        Assert.Contains(page.FindAll(".fan-chart"), chart => chart.GetAttribute("aria-label")!.StartsWith("Memory: now 71\u202f%, median forecast ", StringComparison.Ordinal));
        Assert.Equal("Not sent by this server: Java CPU, Swap.", page.Find(".not-sent").TextContent);
    }

    [Fact]
    public void The_verdict_names_the_danger_and_its_odds()
    {
        var worst = new WorstForecast(Metric.CpuIdlePercent, 96, 95, AnOutlook.Noon.AddMinutes(40), 0.62) { Measure = "cpu_used_pct" };
        using var browser = new APage(AnOutlook.Of(new AServer("web-01") { Risk = 70, Worst = worst }.With(Metric.CpuIdlePercent, 30)));
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        Assert.Equal("CPU used will probably reach 95\u202f% about 12:42 UTC (62\u202f% likely).", page.Find(".server-verdict").TextContent);
    }

    [Fact]
    public void What_is_past_its_threshold_is_told_in_the_present()
    {
        var worst = new WorstForecast(Metric.MemUsedPercent, 99, 98, AnOutlook.Noon.AddMinutes(2), 1);
        using var browser = new APage(AnOutlook.Of(new AServer("web-01") { Risk = 95, Worst = worst }.With(Metric.MemUsedPercent, 99)));
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        Assert.Equal("Memory is at 99\u202f%, past its threshold of 98\u202f%.", page.Find(".server-verdict").TextContent);
    }

    [Fact]
    public void A_picture_that_says_nothing_new_of_a_server_leaves_its_charts_alone()
    {
        var picture = AnOutlook.Of(new AServer("web-01"));
        using var browser = new APage(picture);
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        var drawn = page.FindComponents<FanChart>().Select(chart => chart.Instance.Data).ToList();

        browser.Feed.Publish(picture with { Sequence = 2, Time = picture.Time.AddSeconds(30), Alerts = [new AServer("web-01").Alert(picture.Time)] });
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".alert-list li")));

        Assert.All(page.FindComponents<FanChart>().Zip(drawn), pair => Assert.Same(pair.Second, pair.First.Instance.Data));
    }
}
