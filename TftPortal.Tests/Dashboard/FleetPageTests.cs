using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Dashboard.Fleet;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Dashboard;

public sealed class FleetPageTests
{
    private static readonly WorstForecast MemoryAt0440 = new(Metric.MemUsedPercent, 95.2f, 95, new(2026, 3, 10, 16, 40, 0, TimeSpan.Zero), 0.78);

    [Fact]
    public void The_server_most_at_risk_stands_first_and_the_verdict_names_it()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("calm-01"), new AServer("burning-01") { Risk = 91, Worst = MemoryAt0440 }));
        var page = browser.Render<FleetPage>();

        Assert.Equal("burning-01", page.Find("tbody tr th a").TextContent);
        Assert.Contains("Act now: burning-01", page.Find(".verdict").TextContent, StringComparison.Ordinal);
        Assert.Equal("Memory 95\u202f% at 16:40 UTC, 78\u202f%", Flat(page.Find("tbody tr .col-worst").TextContent));
    }

    [Fact]
    public void A_calm_fleet_says_that_there_is_nothing_to_do()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01")));
        Assert.Contains("Nothing to do.", browser.Render<FleetPage>().Find(".verdict").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_warning_is_named_even_where_no_server_has_a_high_risk_yet()
    {
        var server = new AServer("web-01") { Risk = 12 };
        using var browser = new APage(AnOutlook.Of(server) with { Alerts = [server.Alert(AnOutlook.Noon) with { Severity = AlertSeverity.Warning, State = AlertState.Predicted, Probability = .6 }] });

        var verdict = browser.Render<FleetPage>().Find(".verdict");

        Assert.Contains("verdict-warning", verdict.ClassName, StringComparison.Ordinal);
        Assert.Contains("Look soon: web-01.", verdict.TextContent, StringComparison.Ordinal);
        Assert.Contains("Memory will probably reach", verdict.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_that_only_waits_to_clear_presses_nobody()
    {
        var server = new AServer("web-01") { Risk = 12 };
        using var browser = new APage(AnOutlook.Of(server) with { Alerts = [server.Alert(AnOutlook.Noon) with { State = AlertState.Predicted, Probability = .02 }] });

        Assert.Contains("Nothing to do.", browser.Render<FleetPage>().Find(".verdict").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_picture_shows_without_a_request()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01").With(Metric.MemUsedPercent, 41)));
        var page = browser.Render<FleetPage>();
        Assert.Contains("41\u202f%", page.Find("tbody").TextContent, StringComparison.Ordinal);

        browser.Feed.Publish(AnOutlook.Of(2, AnOutlook.Noon.AddSeconds(30), new AServer("web-01").With(Metric.MemUsedPercent, 77)));

        page.WaitForAssertion(() => Assert.Contains("77\u202f%", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_servers_of_an_empty_portal_replace_the_guide()
    {
        using var browser = new APage(AnOutlook.Empty());
        var page = browser.Render<FleetPage>();
        Assert.Contains("No server has sent a reading yet", page.Markup, StringComparison.Ordinal);

        browser.Feed.Publish(AnOutlook.Of(new AServer("web-01")));

        page.WaitForAssertion(() => Assert.Equal("web-01", page.Find("tbody tr th a").TextContent));
    }

    [Fact]
    public void Search_narrows_the_table_and_stands_in_the_address()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("db-01"), new AServer("web-01"), new AServer("web-02")));
        var page = browser.Render<FleetPage>();

        page.Find("input[type=search]").Input("WEB");

        // The first picture may just be arriving: then the page hears of the letters after it.
        page.WaitForAssertion(() => Assert.EndsWith("?q=WEB", browser.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("2 of 3 servers", page.Find(".table-count").TextContent));
    }

    [Fact]
    public void A_search_that_finds_nothing_offers_the_way_back()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("db-01")));
        browser.Services.GetRequiredService<NavigationManager>().NavigateTo("?q=nothing");
        Assert.Equal("Show all", browser.Render<FleetPage>().Find(".table-empty a").TextContent);
    }

    [Fact]
    public void A_page_that_leaves_stops_watching()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01")));
        var page = browser.Render<FleetPage>();
        page.WaitForState(() => browser.Feed.Watchers == 1);

        page.Instance.Dispose();

        Assert.True(SpinWait.SpinUntil(() => browser.Feed.Watchers == 0, TimeSpan.FromSeconds(10)), "still watching");
    }

    [Fact]
    public void A_browser_that_lost_its_connection_is_not_watched_for_until_it_is_back()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("web-01").With(Metric.MemUsedPercent, 41)));
        var page = browser.Render<FleetPage>();
        var live = browser.Services.GetRequiredService<LiveOutlook>();

        live.Pause();
        Assert.True(SpinWait.SpinUntil(() => browser.Feed.Watchers == 0, TimeSpan.FromSeconds(10)), "still watching");
        browser.Feed.Publish(AnOutlook.Of(2, AnOutlook.Noon.AddSeconds(30), new AServer("web-01").With(Metric.MemUsedPercent, 77)));
        live.Resume();

        page.WaitForAssertion(() => Assert.Contains("77\u202f%", page.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_silent_for_more_than_two_steps_is_marked_and_others_are_not()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("silent-01") { Risk = 20, SilentFor = TimeSpan.FromMinutes(11) }, new AServer("web-01") { SilentFor = TimeSpan.FromMinutes(9) }));
        var rows = browser.Render<FleetPage>().FindAll("tbody tr").Where(row => row.QuerySelector("th a") is not null).ToList();
        Assert.Contains("is-stale", rows[0].ClassName, StringComparison.Ordinal);
        Assert.Equal("11 min ago", rows[0].QuerySelector(".col-seen")!.TextContent);
        Assert.DoesNotContain("is-stale", rows[1].ClassName ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_is_called_a_baseline_and_says_what_the_network_lacks()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("new-01") { Source = ForecastSource.Baseline, ObservedSteps = 4 }));
        var chip = browser.Render<FleetPage>().Find(".col-model .chip");
        Assert.Equal("baseline", chip.TextContent);
        Assert.Contains("needs 8 more steps of 5 min", chip.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_simulated_server_is_marked_as_simulated()
    {
        using var browser = new APage(AnOutlook.Of(new AServer("demo-01") { IsSimulated = true }));
        Assert.Equal("simulated", browser.Render<FleetPage>().Find("tbody tr .chip-simulated").TextContent);
    }

    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
