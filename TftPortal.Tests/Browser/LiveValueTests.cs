using System.Collections.Concurrent;
using Microsoft.Playwright;
using TftPortal.Engine.Fleet;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

public sealed class LiveValueTests
{
    [Fact]
    public async Task A_value_changes_on_the_open_page_by_itself()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var portal = await APortal.StartWholeAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await browser.NewPageAsync();
        var errors = new ConcurrentQueue<string>();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") errors.Enqueue(message.Text); };
        page.PageError += (_, fault) => errors.Enqueue(fault);

        await page.GotoAsync(portal.Address);
        await Expect(page.GetByText("No server has sent a reading yet")).ToBeVisibleAsync();
        await portal.PostAsync("web-01", memory: 41);
        var row = page.Locator("tbody tr", new() { HasText = "web-01" });
        await Expect(row).ToContainTextAsync("41\u202f%", new() { Timeout = 20_000 });

        await page.EvaluateAsync("window.stillTheSamePage = true");
        var requests = new ConcurrentQueue<string>();
        page.Request += (_, request) => requests.Enqueue(request.Url);
        await portal.PostAsync("web-01", memory: 77);
        await Expect(row).ToContainTextAsync("77\u202f%", new() { Timeout = 20_000 });

        Assert.True(await page.EvaluateAsync<bool>("window.stillTheSamePage === true"), "the page was loaded again");
        Assert.Empty(requests);

        await page.GetByRole(AriaRole.Link, new() { Name = "web-01" }).ClickAsync();
        await Expect(page.Locator(".fan-chart svg").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Locator("[data-theme-switch]").ClickAsync();
        await Expect(page.Locator(".fan-chart svg").First).ToBeVisibleAsync();
        Assert.Empty(errors);
    }
}
