using Microsoft.Playwright;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>Signing in, the account and the users, in a real browser.</summary>
public sealed class SignedInPagesTests
{
    [Fact]
    public async Task A_disabled_users_open_page_stops_and_an_ended_session_too()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var portal = await PeopledPortal.StartAsync(null, "--SignIn:RecheckSeconds=1");
        var id = await portal.MakeAsync("vera@example.com", PortalRoles.Viewer);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var end in (Func<Task>[])[
            () => portal.Users.EndSessionsAsync(id, null, PeopledPortal.Tester, TestContext.Current.CancellationToken),
            () => portal.Users.SetDisabledAsync(id, true, PeopledPortal.Tester, TestContext.Current.CancellationToken)])
        {
            await using var context = await browser.NewContextAsync();
            var page = await SignInAsync(context, portal, "vera@example.com");
            await page.GotoAsync(new Uri(portal.Address, "system").ToString());
            await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
            await end();
            await Expect(page).ToHaveURLAsync(new Uri(portal.Address, "sign-in?returnUrl=%2Fsystem").ToString(), new() { Timeout = 30_000 });
        }
    }

    [Fact]
    public async Task An_admin_makes_a_user_and_a_viewer_finds_no_way_to()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var portal = await PeopledPortal.StartAsync();
        await portal.MakeAsync("vera@example.com", PortalRoles.Viewer);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await using var admins = await browser.NewContextAsync();
        var page = await SignInAsync(admins, portal, PeopledPortal.Admin);
        await page.GotoAsync(new Uri(portal.Address, "admin/users").ToString());
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await page.GetByLabel("E-mail address").FillAsync("olga@example.com");
        await page.Locator("form select").SelectOptionAsync(PortalRoles.Operator);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(page.Locator("#one-time-link")).ToContainTextAsync("/welcome?link=");
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable vera@example.com" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("vera@example.com");
        Assert.Empty(await PageFaults.AxeAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal(PortalRoles.Operator, (await portal.FindAsync("olga@example.com")).Role);

        await using var viewers = await browser.NewContextAsync();
        var seen = await SignInAsync(viewers, portal, "vera@example.com");
        await seen.GotoAsync(new Uri(portal.Address, "system").ToString());
        await Expect(seen.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await seen.EvaluateAsync("Blazor.navigateTo('/admin/users')"); // over the open connection, past the endpoint
        await Expect(seen.GetByRole(AriaRole.Heading, new() { Name = "This needs the role Admin" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(seen.GetByText("olga@example.com")).ToHaveCountAsync(0);
        var answer = await seen.GotoAsync(new Uri(portal.Address, "admin/users").ToString());
        Assert.Equal(403, answer!.Status);
    }

    [Theory]
    [InlineData("setup")]
    [InlineData("sign-in", "no/such/page", "account", "admin/users")]
    public async Task A_page_has_no_fault_for_its_reader(params string[] paths)
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var portal = paths is ["setup"] ? await PeopledPortal.StartEmptyAsync() : await PeopledPortal.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await using var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = 1440, Height = 900 } });
            var page = await context.NewPageAsync();
            foreach (var path in paths) page = await LookAsync(page, path, theme);
        }

        async Task<IPage> LookAsync(IPage page, string path, ColorScheme theme)
        {
            if (path == "account") page = await SignInAsync(page.Context, portal, PeopledPortal.Admin); // this one and those after it
            await page.GotoAsync(new Uri(portal.Address, path).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
            await Expect(page.Locator("h1").First).ToBeVisibleAsync();
            var faults = new PageFaults(page);
            await faults.JudgeAsync();
            foreach (var width in (int[])[1440, 390, 320])
            {
                await faults.FitAsync(width);
                if (Environment.GetEnvironmentVariable("TFT_LOOKS") is { } folder && width > 320)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{path.Replace('/', '-')}-{theme}-{width}.png".ToLowerInvariant()), FullPage = true });
            }

            faults.AssertNone();
            await page.SetViewportSizeAsync(1440, 900);
            return page;
        }
    }

    private static async Task<IPage> SignInAsync(IBrowserContext context, PeopledPortal portal, string email)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(portal.Address, "sign-in").ToString());
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(PeopledPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(portal.Address.ToString());
        return page;
    }
}
