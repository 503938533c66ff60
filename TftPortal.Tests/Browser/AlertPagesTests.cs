using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Access.Audit;
using TftPortal.Engine.Fleet;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>The pages of alerts in a real browser.</summary>
public sealed class AlertPagesTests(AlertPagesTests.Portals portals) : IClassFixture<AlertPagesTests.Portals>
{
    [Theory]
    [InlineData("alerts", ColorScheme.Dark, 1440)]
    [InlineData("alerts", ColorScheme.Light, 390)]
    [InlineData("alerts/silences", ColorScheme.Dark, 390)]
    [InlineData("alerts/silences", ColorScheme.Light, 1440)]
    [InlineData("alerts/rules?server=ppetl0001", ColorScheme.Dark, 390)]
    [InlineData("alerts/rules?server=ppetl0001", ColorScheme.Light, 1440)]
    public async Task A_page_of_alerts_has_no_fault_for_its_reader(string path, ColorScheme theme, int width) => await EveryPageTests.LookAsync(portals.Browser, portals.Full.Address + path, theme, width);

    [Fact]
    public async Task A_filter_stands_in_the_address_and_the_alerts_of_an_outage_are_one_trouble()
    {
        await using var context = await portals.Browser.NewContextAsync();
        var page = await OpenAsync(context, portals.Full, "alerts");
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("44 alerts, 4 incidents");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "40 servers together: ppapi0001 to ppapi0040" })).ToBeVisibleAsync();

        await page.GetByLabel("Which alerts").SelectOptionAsync("Taken");
        await Expect(page.Locator(".table-count")).ToHaveTextAsync("1 alert");
        await Expect(page).ToHaveURLAsync(portals.Full.Address + "alerts?state=taken");
        await page.GotoAsync(portals.Full.Address + "alerts?state=ended");
        await Expect(page.Locator(".alert-row")).ToContainTextAsync("ppetl0001");
        await page.GotoAsync(portals.Full.Address + "alerts?q=nobody");
        await Expect(page.Locator(".table-empty")).ToContainTextAsync("No alert matches.");
    }

    [Fact]
    public async Task An_alert_is_explained_taken_and_silenced_from_its_row_a_rule_is_made_and_all_of_it_stands_in_the_audit()
    {
        await using var portal = await APortal.StartWholeAsync();
        await WhyLooks.FeedAsync(portal);
        await using var context = await portals.Browser.NewContextAsync();
        await AdminsBrowser.SignInAsync(context, portal);
        var page = await context.NewPageAsync();
        await WhyLooks.OpenAsync(page, portal, "server");
        await WhyLooks.OpenAsync(page, portal, "alert");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take web-01 mem_used_pct" }).ClickAsync(new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(page.Locator(".field-faults")).ToContainTextAsync("\"\" is no reason; allowed are 1 to 1000 characters that can be seen");
        Assert.Empty(await PageFaults.AxeAsync(page));
        await page.Locator("#alert-text").FillAsync("The import; I raise its limit.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(page.Locator(".alert-row")).ToContainTextAsync("Taken by ada@example.com: The import; I raise its limit.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Silence web-01 mem_used_pct" }).ClickAsync();
        await page.Locator("#alert-text").FillAsync("We know.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Silence it" }).ClickAsync();
        await Expect(page.Locator(".alert-row .chip")).ToContainTextAsync("silenced until");
        await page.GetByRole(AriaRole.Button, new() { Name = "More of web-01 mem_used_pct" }).ClickAsync();
        await Expect(page.Locator(".alert-acts")).ToContainTextAsync("ada@example.com took it: The import; I raise its limit.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Silences and maintenance" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End now: the silence of web-01" }).ClickAsync();
        await Expect(page.Locator("#silences + .section-note")).ToHaveTextAsync("none holds");

        await page.GetByRole(AriaRole.Link, new() { Name = "Rules" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a rule" }).ClickAsync();
        await page.Locator("#rule-name").FillAsync("imports");
        await page.Locator("#rule-metric").SelectOptionAsync("mem_used_pct");
        await page.Locator("#rule-servers").FillAsync("web-*");
        await page.Locator("#rule-warning").FillAsync("99.5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the rule" }).ClickAsync();
        await Expect(page.Locator(".field-faults")).ToContainTextAsync("warning and critical go together");
        await page.Locator("#rule-critical").FillAsync("99.9");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the rule" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByLabel("Server whose rules to show").FillAsync("web-01");
        await Expect(page.Locator(".data-table")).ToContainTextAsync("imports (ada@example.com), default");

        var audit = await portal.Services.GetRequiredService<AuditLog>().ReadAsync(new(), null, 20, TestContext.Current.CancellationToken);
        Assert.Equal(["rule.set imports", "silence.ended web-01 mem_used_pct", "silence.made web-01 mem_used_pct", "alert.acknowledged"],
            audit.Where(entry => entry.Action.Split('.')[0] is "rule" or "silence" or "alert").Select(entry => entry.Action == "alert.acknowledged" ? entry.Action : $"{entry.Action} {entry.Subject}"));
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, APortal portal, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(portal.Address + path);
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        return page;
    }

    /// <summary>A browser, and a portal with alerts of every kind.</summary>
    public sealed class Portals : IAsyncLifetime
    {
        private IPlaywright? playwright;
        private IBrowser? browser;

        internal IBrowser Browser
        {
            get
            {
                Assert.SkipWhen(browser is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
                return browser!;
            }
        }

        internal APortal Full { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (await Chromium.FindOrInstallAsync() is null) return;
            Full = await APortal.StartAsync(AlertsPicture.At(TimeProvider.System.GetUtcNow()));
            playwright = await Playwright.CreateAsync();
            browser = await Chromium.StartAsync(playwright);
        }

        public async ValueTask DisposeAsync()
        {
            if (browser is not null) await browser.DisposeAsync();
            playwright?.Dispose();
            if (Full is not null) await Full.DisposeAsync();
        }
    }
}
