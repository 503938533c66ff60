using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>What an operator of the old daemon does, from the first reading to the end of an alert, in one open page that is never loaded again.</summary>
public sealed class JourneyTests
{
    private const string Server = "web-01";
    private const int Steps = 96; // 8 hours, the newest now

    [Fact]
    public async Task A_leak_is_fed_forecast_alerted_on_taken_and_over_while_the_page_stays_open()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var portal = await APortal.StartWholeAsync(new KeyValuePair<string, string?>("Alerts:ClearAfterMinutes", "0"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var context = await browser.NewContextAsync();
        await AdminsBrowser.SignInAsync(context, portal);
        var page = await context.NewPageAsync();
        var faults = new PageFaults(page);
        await page.GotoAsync(portal.Address);
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await page.EvaluateAsync("() => window.sameDocument = true");

        // Fed over REST: the server appears, with its forecast.
        await FeedAsync(portal, Leaking(TimeProvider.System.GetUtcNow()));
        var row = page.Locator("tbody tr", new() { HasText = Server });
        await Expect(row).ToContainTextAsync("89\u202f%", new() { Timeout = 20_000 }); // 88.5
        await Expect(row).ToContainTextAsync("Memory 9"); // 90 or 98 %, whichever is worse by now, and when

        // What is coming stands above everything, and leads to the alert with its sentence.
        await Expect(page.Locator(".verdict")).ToContainTextAsync(Server, new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts", Exact = true }).First.ClickAsync();
        var alert = page.Locator(".alert-row");
        await Expect(alert).ToContainTextAsync("Memory is expected to reach 90", new() { Timeout = 20_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = $"Take {Server} mem_used_pct" }).ClickAsync();
        await page.Locator("#alert-text").FillAsync("I restart the worker.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(alert).ToContainTextAsync("Taken by ada@example.com: I restart the worker.");

        // The worker was restarted.
        await FeedAsync(portal, [Reading(TimeProvider.System.GetUtcNow(), memory: 30)]);
        await Expect(alert).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await page.GetByLabel("Which alerts").SelectOptionAsync("Ended");
        await Expect(page.Locator(".alert-row")).ToContainTextAsync(Server);
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        faults.AssertNone();
    }

    /// <summary>1 % a step, up to 88.5 % now.</summary>
    private static IEnumerable<object> Leaking(DateTimeOffset now) =>
        Enumerable.Range(0, Steps).Select(step => Reading(now.AddMinutes(-5 * (Steps - 1 - step)), Math.Max(30, 88.5 - (Steps - 1 - step)), idle: 80 + (step * 7 % 5)));

    private static object Reading(DateTimeOffset at, double memory, double idle = 80) =>
        new { timestamp = at.ToString("O", CultureInfo.InvariantCulture), server_name = Server, cpu_idle_pct = idle, mem_used_pct = memory, load_average = 1.1 };

    private static async Task FeedAsync(APortal portal, IEnumerable<object> readings)
    {
        using var client = new HttpClient { BaseAddress = new(portal.Address) };
        using var answer = await client.PostAsJsonAsync("feed/data", new { records = readings }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
