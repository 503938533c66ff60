using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>Why, in a real browser over the whole product: on a server's page, and as an alert's kept evidence. A test of the alerts' pages goes this way; here it is photographed.</summary>
public sealed class WhyLooks
{
    [Fact(Explicit = true)]
    public async Task Why_is_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        await using var portal = await APortal.StartWholeAsync();
        await FeedAsync(portal);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (theme, width) in new[] { (ColorScheme.Dark, 1440), (ColorScheme.Light, 1440), (ColorScheme.Dark, 390), (ColorScheme.Light, 390) })
        {
            await using var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 }, TimezoneId = "Europe/Berlin" });
            var page = await context.NewPageAsync();
            await OpenAsync(page, portal, "server", JudgeAsync);
            await OpenAsync(page, portal, "alert", JudgeAsync);

            async Task JudgeAsync(string name)
            {
                Assert.True(await page.EvaluateAsync<bool>("wide => document.documentElement.scrollWidth <= wide", width), $"{name} is wider than {width} px");
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"why-{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = name == "server", Animations = ScreenshotAnimations.Disabled });
            }
        }
    }

    /// <summary>A leak on web-01, past its threshold, and a calm web-02.</summary>
    internal static async Task FeedAsync(APortal portal)
    {
        using var client = new HttpClient { BaseAddress = new(portal.Address) };
        using var body = new StringContent(ALeak.Feed("web-01", "web-02", TimeProvider.System.GetUtcNow()), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("feed/data", body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Opens why, on the server's page or in the alert's dialog; axe accepts it.</summary>
    internal static async Task OpenAsync(IPage page, APortal portal, string where, Func<string, Task>? judge = null)
    {
        await page.GotoAsync(portal.Address + (where == "server" ? "servers/web-01" : "alerts?q=web-01"));
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        if (where == "server")
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Explain", Exact = true }).ClickAsync(new() { Timeout = 30_000 });
            await Expect(page.Locator(".why-says")).ToContainTextAsync("Had it stayed flat, the chance would be", new() { Timeout = 20_000 });
        }
        else
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "More of web-01 mem_used_pct" }).ClickAsync(new() { Timeout = 20_000 });
            await page.GetByRole(AriaRole.Button, new() { Name = "Show why it was raised" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Where the network looks in the last day");
        }

        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        if (judge is not null) await judge(where);
    }
}
