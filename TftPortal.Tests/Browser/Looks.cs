using System.Diagnostics;
using Microsoft.Playwright;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Browser;

/// <summary>Pictures of the pages, to be looked at. They are no tests and run only when asked for: <c>docs/images/make.sh</c> has the line.</summary>
public sealed class Looks
{
    /// <summary>The pictures in the README: the demo fleet, while an incident builds up.</summary>
    [Fact(Explicit = true)]
    public async Task The_demo_is_photographed_for_the_docs()
    {
        await using var portal = await APortal.StartWholeAsync(new("Demo:Enabled", "true"), new("Demo:Scenario", "Degrading"), new("Engine:ForecastSeconds", "10"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (name, theme, path) in new[] { ("fleet-dark", ColorScheme.Dark, ""), ("fleet-light", ColorScheme.Light, ""), ("server-dark", ColorScheme.Dark, null) })
        {
            var page = await browser.NewPageAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = 1440, Height = 900 } });
            await page.GotoAsync(portal.Address);
            await page.Locator(".fleet-table tbody a").First.WaitForAsync(new() { Timeout = 60_000 });
            if (path is null)
            {
                await page.Locator(".fleet-table tbody a").First.ClickAsync();
                await page.Locator(".metric-card svg").Nth(8).WaitForAsync();
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(RepositoryRoot(), "docs", "images", name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>The history of the demo fleet and of one of its servers, once it is written; they go to the folder TFT_LOOKS.</summary>
    [Fact(Explicit = true)]
    public async Task The_past_is_photographed()
    {
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("TFT_LOOKS") ?? "looks").FullName;
        await using var portal = await APortal.StartWholeAsync(new("Demo:Enabled", "true"), new("Engine:ForecastSeconds", "5"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (name, path, theme, width) in new[] { ("fleet", "history", ColorScheme.Dark, 1440), ("fleet", "history?range=1w", ColorScheme.Light, 390), ("server", "history?range=1w&server=ppweb0001", ColorScheme.Light, 1440), ("nothing", "history?server=nobody&range=1h", ColorScheme.Dark, 390), ("wrong", "history?from=yesterday", ColorScheme.Dark, 1440) })
        {
            var page = await browser.NewPageAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 } });
            for (var tries = 0; tries < 30; tries++)
            {
                await page.GotoAsync(portal.Address + path);
                await page.Locator("[data-interactive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                await page.Locator(".strip, .section-fault").First.WaitForAsync();
                if (name is not ("fleet" or "server") || await page.Locator(".metric-card svg").CountAsync() > 0) break;
                await page.WaitForTimeoutAsync(2_000);
            }

            await page.WaitForTimeoutAsync(1_000);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"history-{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = true });
        }
    }

    /// <summary>The demo fleet on a laptop and on a phone, in both themes; they go to the folder TFT_LOOKS.</summary>
    [Fact(Explicit = true)]
    public async Task The_demo_is_photographed_at_every_size()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        await using var portal = await APortal.StartWholeAsync(new("Demo:Enabled", "true"), new("Demo:Scenario", "Degrading"), new("Engine:ForecastSeconds", "10"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        foreach (var width in new[] { 1440, 390, 320 })
        {
            var page = await browser.NewPageAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 } });
            await page.GotoAsync(portal.Address);
            await page.Locator(".fleet-table tbody a").First.WaitForAsync(new() { Timeout = 60_000 });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"demo-{theme}-{width}.png".ToLowerInvariant()) });
            await page.Locator(".fleet-table tbody a").First.ClickAsync();
            await page.Locator(".metric-card svg").First.WaitForAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"demo-server-{theme}-{width}.png".ToLowerInvariant()) });
            await page.CloseAsync();
        }
    }

    /// <summary>Hand-made pages, full and empty, in both themes and two widths; they go to the folder TFT_LOOKS.</summary>
    [Fact(Explicit = true)]
    public async Task Pages_are_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        var now = TimeProvider.System.GetUtcNow();
        await using var full = await APortal.StartAsync(ABusyFleet.At(now), new StateKeeper(folder, AState.Bad(now)));
        await using var calm = await APortal.StartAsync(AnOutlook.Of(7, now, new AServer("my-laptop") { Source = ForecastSource.Baseline, ObservedSteps = 4 }), new StateKeeper(folder, AState.Good(now)));
        await using var empty = await APortal.StartAsync(AnOutlook.Empty(now), new StateKeeper(folder, StateReport.Nothing));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (name, address) in new[] { ("fleet", full.Address), ("server", full.Address + "servers/ppdb0001"), ("empty", empty.Address), ("model", full.Address + "model"), ("model-empty", empty.Address + "model"), ("system", full.Address + "system"), ("system-calm", calm.Address + "system"), ("system-empty", empty.Address + "system"), ("one", calm.Address), ("one-server", calm.Address + "servers/my-laptop"), ("long", full.Address + "servers/" + ABusyFleet.LongName), ("unknown", full.Address + "servers/nobody"), ("missing", full.Address + "no/such/page") })
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        foreach (var width in new[] { 1440, 390 })
        {
            var page = await browser.NewPageAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = name.Contains("server", StringComparison.Ordinal) ? (width == 390 ? 3400 : 1300) : width == 390 ? 844 : 900 }, TimezoneId = "Europe/Berlin" });
            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            if (name.Contains("server", StringComparison.Ordinal)) await page.Locator(".metric-card svg").First.WaitForAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = true });
            await page.CloseAsync();
        }
    }

    /// <summary>A page whose portal has gone, in both themes; they go to the folder TFT_LOOKS.</summary>
    [Fact(Explicit = true)]
    public async Task A_lost_connection_is_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (theme, width) in new[] { (ColorScheme.Dark, 1440), (ColorScheme.Light, 390) })
        {
            var page = await browser.NewPageAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 844 } });
            await using (var portal = await APortal.StartAsync(ABusyFleet.At(TimeProvider.System.GetUtcNow())))
            {
                await page.GotoAsync(portal.Address);
                await page.Locator("[data-interactive]").WaitForAsync();
                await page.Locator("tbody tr").First.WaitForAsync();
            }

            await page.Locator("#connection-banner").WaitForAsync(new() { Timeout = 60_000 });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"lost-{theme}-{width}.png".ToLowerInvariant()) });
        }
    }

    /// <summary>How the page bears 10,000 servers: printed, not judged.</summary>
    [Fact(Explicit = true)]
    public async Task Ten_thousand_servers_are_timed()
    {
        var now = TimeProvider.System.GetUtcNow();
        AServer[] servers = [.. Enumerable.Range(0, 10_000).Select(index => new AServer($"server-{index:00000}") { Risk = index % 90, ObservedSteps = 12 })];
        await using var portal = await APortal.StartAsync(AnOutlook.Of(1, now, servers));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var watch = Stopwatch.StartNew();
        await page.GotoAsync(portal.Address);
        await page.Locator(".fleet-table tbody a").First.WaitForAsync();
        Print($"first rows after {watch.ElapsedMilliseconds} ms");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await page.EvaluateAsync("scrollTo(0, 140000)");
        watch.Restart();
        await page.WaitForFunctionAsync("[...document.querySelectorAll('.fleet-table tbody a')].some(a => { const r = a.getBoundingClientRect(); return r.top > 100 && r.top < 800; })");
        Print($"rows again {watch.ElapsedMilliseconds} ms after a jump; {await page.EvaluateAsync<int>("document.querySelectorAll('*').length")} nodes");

        for (var picture = 2; picture < 7; picture++)
        {
            var outlook = AnOutlook.Of(picture, TimeProvider.System.GetUtcNow(), servers);
            var before = await page.EvaluateAsync<string>("document.querySelector('.freshness').title");
            watch.Restart();
            portal.Feed.Publish(outlook);
            await page.WaitForFunctionAsync("before => document.querySelector('.freshness').title !== before", before, new() { PollingInterval = 5 });
            Print($"picture {picture} on screen {watch.ElapsedMilliseconds} ms after it was published");
        }
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tft.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Tft.sln is in none of the folders above the tests.");
        return folder;
    }
}
