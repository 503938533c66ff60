using Bunit;
using TftPortal.Dashboard.Server;
using TftPortal.Dashboard.Why;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;
using TftPortal.Tests.Insight;

namespace TftPortal.Tests.Dashboard;

/// <summary>The section "Why" of a server's page, and what it says.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly AnExplainer explainer = new();

    public void Dispose() => explainer.Dispose();

    [Fact]
    public void Nothing_is_explained_before_somebody_asks_and_then_it_stands_until_a_newer_one_is_asked_for()
    {
        using var desk = new ExplanationDesk(explainer.Explainer);
        var picture = AnOutlook.Of(1, AReading.Noon, [explainer.Outlook(ALeak.Of("web-01"))]);
        using var browser = new APage(picture, desk: desk);
        var page = browser.Render<ServerPage>(with => with.Add(server => server.Name, "web-01"));
        Assert.Empty(page.FindAll(".why"));

        page.Find(".why-open").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".why")));
        Assert.StartsWith("Memory will reach 90\u202f% about 12:00 UTC (82\u202f% likely). It has grown by 2.1\u202f% an hour since 22:25 UTC. Had it stayed flat, the chance would be 0\u202f%.", page.Find(".why-says").TextContent, StringComparison.Ordinal);
        Assert.Contains("Memory flat at 61\u202f% since 22:25 UTC", page.Find(".why-list").TextContent, StringComparison.Ordinal);
        Assert.Equal(42, page.FindAll(".why-strip rect").Count);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "explain the newest");

        browser.Feed.Publish(AnOutlook.Of(2, AReading.Noon.AddMinutes(5), [explainer.Outlook(ALeak.Of("web-01"))]));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent == "explain the newest"));
        page.Find(".why-open").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".why")));
    }

    [Fact]
    public void The_strip_is_drawn_on_the_axis_of_the_line_and_gaps_are_left_open()
    {
        var why = explainer.Explain(ALeak.Of("web-01"), "mem_used_pct")!;
        var strip = DayStrip.Of(why, [float.NaN, 1, 2, float.NaN, 3]);

        Assert.Equal("M1.5 58L2.5 30M4.5 2", strip.Line);
        Assert.Equal((0, 12), (strip.Bars[0].Start, strip.Bars[0].Length));
        Assert.Equal(DayStrip.Steps, strip.Bars[^1].Start + strip.Bars[^1].Length);
        Assert.Equal(1, strip.Bars.Max(bar => bar.Strength));
        Assert.Equal((AReading.Noon.AddDays(-1), AReading.Noon), (strip.From, strip.To));
    }

    [Fact]
    public void What_the_baseline_forecast_shows_no_weights_and_no_strip()
    {
        using var plain = new AnExplainer(withModel: false);
        var why = plain.Explain(ALeak.Of("web-01"), "mem_used_pct")!;
        using var browser = new APage(AnOutlook.Of(new AServer("web-01")));
        var panel = browser.Render<WhyPanel>(with => with.Add(panel => panel.Why, why).Add(panel => panel.Day, new float[DayStrip.Steps]));

        Assert.Empty(panel.FindAll(".why-bars"));
        Assert.Empty(panel.FindAll(".why-strip"));
        Assert.Contains("The forecast looks at its own past alone.", panel.Markup, StringComparison.Ordinal);
    }
}
