using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Access.SignIn;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Access.SignIn;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>One browser, signed in as an admin, and two portals: one with keys in every state, one with none.</summary>
public sealed class AdminsBrowser : IAsyncLifetime
{
    private readonly Dictionary<APortal, Cookie[]> cookies = [];
    private APortal? full, empty;
    private IPlaywright? playwright;
    private IBrowser? browser;

    internal APortal Full => full ?? throw Skip();

    internal APortal Empty => empty ?? throw Skip();

    internal static async Task<APortal> StartAsync(FleetOutlook first, int? more)
    {
        var portal = await APortal.StartAsync(first);
        if (more is not { } plain) return portal;
        await ABunchOfKeys.MakeAsync(portal.Services, plain);
        await ABunchOfChannels.MakeAsync(portal.Services);
        return portal;
    }

    public async ValueTask InitializeAsync()
    {
        if (await Chromium.FindOrInstallAsync() is null) return;
        var now = TimeProvider.System.GetUtcNow();
        full = await StartAsync(ABusyFleet.At(now), more: 40);
        empty = await StartAsync(AnOutlook.Empty(now), more: null);
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.StartAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (full is not null) await full.DisposeAsync();
        if (empty is not null) await empty.DisposeAsync();
    }

    /// <summary>Gives a browser an admin's session.</summary>
    internal static async Task SignInAsync(IBrowserContext context, APortal portal)
    {
        var users = portal.Services.GetRequiredService<Users>();
        var made = await users.CreateAsync(PeopledPortal.Admin, PortalRoles.Admin, PeopledPortal.Tester, TestContext.Current.CancellationToken);
        if (made.Link is { } link) await users.UseLinkAsync(link, PeopledPortal.Password, "", TestContext.Current.CancellationToken); // else she is there already
        using var person = new APerson(new(portal.Address));
        using var answer = await person.SignInAsync(PeopledPortal.Admin, PeopledPortal.Password);
        var session = Assert.Single(person.Cookies.GetAllCookies(), cookie => cookie.Name == "tft-session");
        await context.AddCookiesAsync([new() { Name = session.Name, Value = session.Value, Url = portal.Address }]);
    }

    /// <summary>Opens a page and waits until it is live.</summary>
    internal async Task<IPage> VisitAsync(APortal portal, string path)
    {
        var page = await NewPageAsync(portal, ColorScheme.Dark, 1440);
        await GoAsync(page, portal, path);
        return page;
    }

    /// <summary>Closes what a test left open: a page that nobody looks at goes on asking its portal.</summary>
    internal async Task CloseAsync()
    {
        foreach (var context in browser?.Contexts.ToList() ?? []) await context.CloseAsync();
    }

    private async Task<IPage> NewPageAsync(APortal portal, ColorScheme theme, int width)
    {
        if (browser is null) throw Skip();
        var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 900 }, Permissions = ["clipboard-read", "clipboard-write"] });
        // Signed in once a portal: a password is dear to check, and that is another test's.
        if (cookies.TryGetValue(portal, out var known)) await context.AddCookiesAsync(known);
        else await SignInAsync(context, portal);
        cookies[portal] = [.. (await context.CookiesAsync([portal.Address])).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = portal.Address })];
        return await context.NewPageAsync();
    }

    private static async Task GoAsync(IPage page, APortal portal, string path)
    {
        await page.GotoAsync(portal.Address + path);
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
    }

    /// <summary>What holds for every page: no fault in the console, none that axe finds, and nothing wider than the screen.</summary>
    internal async Task LookAsync(APortal portal, string path, ColorScheme theme, int width)
    {
        var page = await NewPageAsync(portal, theme, width);
        var faults = new PageFaults(page);
        await GoAsync(page, portal, path);
        await faults.JudgeAsync(width < 400 ? [width, 320] : [width]); // 320: the smallest phone
        await page.Context.CloseAsync();
        faults.AssertNone();
    }

    private static InvalidOperationException Skip()
    {
        Assert.Skip("No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        return new InvalidOperationException();
    }
}
