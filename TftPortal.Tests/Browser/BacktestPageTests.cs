using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Access;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>The page on which rules are tried on the past, in a real browser.</summary>
public sealed class BacktestPageTests(BacktestPageTests.Portal shared) : IClassFixture<BacktestPageTests.Portal>
{
    [Theory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task A_result_has_no_fault_for_its_reader(ColorScheme theme, int width)
    {
        await using var context = await shared.NewContextAsync(theme, width);
        var page = await context.NewPageAsync();
        var faults = new PageFaults(page);
        await shared.OpenAsync(page, $"alerts/backtest?id={shared.Done.Id}");
        await Expect(page.Locator(".trial-chart svg")).ToBeVisibleAsync();
        await faults.JudgeAsync(width < 400 ? [width, 320] : [width]);
        faults.AssertNone();
    }

    [Fact]
    public async Task A_rule_is_tried_from_the_rules_and_used()
    {
        await using var context = await shared.NewContextAsync();
        var page = await context.NewPageAsync();
        await shared.OpenAsync(page, "alerts/rules");
        await page.GetByRole(AriaRole.Link, new() { Name = "Try on the past: default, Memory" }).ClickAsync();
        await Expect(page.Locator("#rule-warning")).ToHaveValueAsync("90");
        await Expect(page.Locator(".backtest-cost")).ToContainTextAsync("3 servers, 900 server-steps: about ");

        await page.Locator("#rule-servers").FillAsync("ppweb0001");
        await page.Locator("#rule-warning").FillAsync("99");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.Locator(".field-faults")).ToContainTextAsync("98 is out of range; allowed is at least the warning, 99");
        await page.Locator("#rule-warning").FillAsync("70");
        await page.Locator("#rule-raise").FillAsync("0.2");
        await page.Locator("#rule-clear").FillAsync("0.1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.Locator(".backtest-scores")).ToContainTextAsync("Recall, 15 min or more", new() { Timeout = 30_000 });
        await Expect(page.Locator(".trial-chart svg")).ToBeVisibleAsync();
        await Expect(page.Locator(".past-alerts")).ToContainTextAsync("this rule");

        await page.GetByRole(AriaRole.Link, new() { Name = "Use this rule" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Make a rule");
        await Expect(page.Locator("#rule-warning")).ToHaveValueAsync("70");
        await Expect(page.Locator("#rule-servers")).ToHaveValueAsync("ppweb0001");
        await Expect(page.Locator("#rule-name")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_came_to_nothing_is_said()
    {
        var quiet = await shared.TryAsync(new() { Name = "quiet", Metric = "mem_used_pct", Servers = "ppweb0002", Warning = 99, Critical = 99 });
        var begun = (await shared.StartAsync(new() { Name = "memory", Metric = "mem_used_pct", Warning = 70, Critical = 98 }, days: 3)).Id;
        shared.Backtests.Cancel(begun);
        await shared.EndOfAsync(begun);
        await using var context = await shared.NewContextAsync();
        var page = await context.NewPageAsync();
        await shared.OpenAsync(page, $"alerts/backtest?id={quiet.Id}");
        await Expect(page.Locator("#backtest-shown")).ToContainTextAsync("quiet: mem_used_pct");
        await Expect(page.GetByText("No incident began in that time: there is nothing to find, and recall cannot be said.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Neither would have alerted on ppweb0002 in that time.")).ToBeVisibleAsync();
        await page.GotoAsync($"{shared.Running.Address}alerts/backtest?id={begun}");
        await Expect(page.GetByText("It was cancelled at ")).ToBeVisibleAsync();
        await page.GotoAsync($"{shared.Running.Address}alerts/backtest?id={Guid.NewGuid()}");
        await Expect(page.GetByText("This back-test is not known any more")).ToBeVisibleAsync();
        await page.GotoAsync($"{shared.Running.Address}alerts/backtest?metric=mem_used_pct&servers=db-*");
        await Expect(page.Locator(".backtest-cost")).ToContainTextAsync("This can't be tried: none of the 3 servers that sent something in that time is \"db-*\".");
    }

    /// <summary>A browser, and a portal on which a rule has been tried.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        private IPlaywright? playwright;
        private IBrowser? browser;
        private Cookie[]? session;

        private IBrowser Browser
        {
            get
            {
                Assert.SkipWhen(browser is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
                return browser!;
            }
        }

        internal APortal Running { get; private set; } = null!;

        internal BacktestView Done { get; private set; } = null!;

        internal Backtests Backtests => Running.Services.GetRequiredService<Backtests>();

        public async ValueTask InitializeAsync()
        {
            if (await Chromium.FindOrInstallAsync() is null) return;
            Running = await APortal.StartAsync(ATroubledWeek.At(TimeProvider.System.GetUtcNow()));
            Done = await TryAsync(new() { Name = "early memory", Metric = "mem_used_pct", Warning = 80, Critical = 98, RaiseProbability = .2, ClearProbability = .1 });
            playwright = await Playwright.CreateAsync();
            browser = await Chromium.StartAsync(playwright);
        }

        /// <summary>A window of the browser, signed in as an admin.</summary>
        internal async Task<IBrowserContext> NewContextAsync(ColorScheme theme = ColorScheme.Dark, int width = 1440)
        {
            var context = await Browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 }, TimezoneId = "Europe/Berlin" });
            if (session is not null) await context.AddCookiesAsync(session);
            else await AdminsBrowser.SignInAsync(context, Running);
            session ??= [.. (await context.CookiesAsync([Running.Address])).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Running.Address })];
            return context;
        }

        internal async Task OpenAsync(IPage page, string path)
        {
            await page.GotoAsync(Running.Address + path);
            await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        }

        internal async Task<BacktestView> TryAsync(AlertRule rule) => await EndOfAsync((await StartAsync(rule, days: 1)).Id);

        internal async Task<BacktestView> StartAsync(AlertRule rule, int days)
        {
            var now = TimeProvider.System.GetUtcNow();
            return (await Backtests.StartAsync(new() { Rule = rule, Range = new(now.AddDays(-days), now) }, "user ada@example.com", TestContext.Current.CancellationToken)).Started!;
        }

        internal async Task<BacktestView> EndOfAsync(Guid id)
        {
            await KeyedPortal.EventuallyAsync(() => Task.FromResult(Backtests.Find(id)!.State != BacktestState.Running));
            return Backtests.Find(id)!;
        }

        public async ValueTask DisposeAsync()
        {
            if (browser is not null) await browser.DisposeAsync();
            playwright?.Dispose();
            if (Running is not null) await Running.DisposeAsync();
        }
    }
}
