using Microsoft.Playwright;
using TftPortal.Engine.Fleet;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>A tab that nobody looks at.</summary>
public sealed class BackgroundTabTests
{
    private static readonly WorstForecast Full = new(Metric.MemUsedPercent, 98.3f, 98, AnOutlook.Noon.AddMinutes(37), 0.88) { IsCritical = true };

    [Fact]
    public async Task It_renders_nothing_rings_in_its_title_and_catches_up_when_it_is_seen()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        var now = TimeProvider.System.GetUtcNow();
        await using var portal = await APortal.StartAsync(AnOutlook.Of(1, now, new AServer("db-01").With(Metric.MemUsedPercent, 41)));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(portal.Address);
        await Expect(page.Locator("[data-bell-switch]")).ToBeVisibleAsync(new() { Timeout = 20_000 }); // the bell listens
        var row = page.Locator("tbody tr", new() { HasText = "db-01" });
        await Expect(row).ToContainTextAsync("41\u202f%");

        await HideAsync(page, true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Name", Exact = true }).ClickAsync(); // what the browser says is heard in order
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Name", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        portal.Feed.Publish(AnOutlook.Of(2, now.AddSeconds(1), new AServer("db-01") { Risk = 91, Worst = Full }.With(Metric.MemUsedPercent, 97)));
        await Expect(page).ToHaveTitleAsync("(1 critical) Fleet · TftPortal");
        await Expect(row).ToContainTextAsync("41\u202f%"); // the bell rang with the same picture: the page had its chance

        await HideAsync(page, false);
        await Expect(row).ToContainTextAsync("97\u202f%");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("Act now: db-01");
        await Expect(page).ToHaveTitleAsync("(1) Fleet · TftPortal"); // the page's own again: one server at risk

        portal.Feed.Publish(AnOutlook.Of(3, now.AddSeconds(2), new AServer("db-01")));
        await Expect(page).ToHaveTitleAsync("Fleet · TftPortal");
    }

    // A headless browser has no other tab to look at: the page is told so.
    private static async Task HideAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, value: hidden }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);
}
