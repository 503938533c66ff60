using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>Nothing that is being read moves because a new picture has come: no layout shift of .0005 or more (good is below .1, https://web.dev/articles/cls).</summary>
public sealed class LayoutShiftTests(OpenBrowser open) : IClassFixture<OpenBrowser>
{
    [Theory]
    [InlineData("", "tbody tr:has-text('ppdb0001')")]
    [InlineData("servers/ppdb0001", "main")]
    public async Task New_values_move_nothing(string path, string shows)
    {
        var browser = open.Browser; // skips where there is none
        var now = TimeProvider.System.GetUtcNow();
        await using var portal = await APortal.StartAsync(ABusyFleet.At(now));
        foreach (var width in new[] { 1440, 390 })
        {
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
            portal.Feed.Publish(ABusyFleet.At(now, portal.Feed.Latest.Counts.Tick + 1));
            await page.GotoAsync(portal.Address + path);
            await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
            await Expect(page.Locator(shows).First).ToContainTextAsync("82\u202f%");
            if (path.Length > 0) await Expect(page.Locator(".fan-chart svg").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"); // what was laid out is painted
            await page.EvaluateAsync(
                """
                () => {
                    window.shifts = [];
                    new PerformanceObserver(list => list.getEntries().filter(entry => entry.value >= 0.0005).forEach(entry => window.shifts.push(
                        `${entry.value.toFixed(4)} ${entry.sources.map(source => source.node?.outerHTML?.slice(0, 80)).join(' | ')}`))).observe({ type: 'layout-shift' });
                }
                """);

            portal.Feed.Publish(ABusyFleet.At(now.AddSeconds(5), portal.Feed.Latest.Counts.Tick + 1, memory: 91));
            await Expect(page.Locator(shows).First).ToContainTextAsync("91\u202f%", new() { Timeout = 20_000 });
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

            Assert.Empty(await page.EvaluateAsync<string[]>("() => window.shifts"));
            await page.CloseAsync();
        }
    }
}
