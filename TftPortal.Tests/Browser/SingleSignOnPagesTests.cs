using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TftPortal.Access.SignIn;
using TftPortal.Tests.Access.SignIn;
using TftPortal.Tests.Access.SignIn.Oidc;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

/// <summary>The ways in and what stands beside them, in a real browser, with a provider of single sign-on.</summary>
public sealed class SingleSignOnPagesTests
{
    /// <summary>Where pictures go, for eyes; null for none.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TFT_LOOKS");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_comes_in_by_the_button_and_no_page_on_the_way_has_a_fault_for_its_reader()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        await using var server = await AnOidcServer.StartAsync();
        await using var portal = await OidcTests.StartAsync(server);
        var olga = await portal.MakeAsync("olga@example.com", PortalRoles.Operator);
        await EnrolAsync(portal, olga);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await using var context = await browser.NewContextAsync(new() { ColorScheme = theme });
            var page = await context.NewPageAsync();
            List<string> faults = [];
            page.Console += (_, said) => { if (said.Type == "error") faults.Add(said.Text); };
            page.PageError += (_, fault) => faults.Add(fault);
            await GoAsync("sign-in?returnUrl=%2Fsystem", "sso-sign-in");
            await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example SSO" }).ClickAsync();
            await Expect(page).ToHaveURLAsync(new Uri(portal.Address, "system").ToString());
            await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync();
            await page.GetByLabel("Account: vera@example.com").ClickAsync();
            await LookAsync("sso-account-menu");
            await GoAsync("account", "sso-account");
            Assert.Empty(faults); // what follows is refused on purpose, and the browser says so
            await GoAsync("admin/users", "sso-denied");
            await context.ClearCookiesAsync();
            await GoAsync("sign-in?sso=Taken", "sso-taken");
            await page.GetByLabel("E-mail address").FillAsync("olga@example.com");
            await page.GetByLabel("Password").FillAsync(PeopledPortal.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();
            await LookAsync("second-step");
            var made = await portal.Users.RenewLinkAsync(olga, PeopledPortal.Tester, Stop);
            await GoAsync($"welcome?link={made.Link}", "welcome");
            await GoAsync("welcome?link=used-up", "welcome-used");
            if (Pictures is null) continue; // the rest is looked at by other tests too
            await SignInAsync(page, portal);
            await GoAsync("account", "account");
            await GoAsync("admin/users", "sso-users");

            async Task GoAsync(string path, string name)
            {
                await page.GotoAsync(new Uri(portal.Address, path).ToString(), new() { WaitUntil = WaitUntilState.Load });
                await Expect(page.Locator("h1").First).ToBeVisibleAsync();
                await LookAsync(name);
            }

            async Task LookAsync(string name)
            {
                var judged = new PageFaults(page);
                await judged.JudgeAsync();
                foreach (var width in (int[])[390, 320, 1440])
                {
                    await judged.FitAsync(width);
                    if (Pictures is { } folder && width > 320)
                        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = true });
                }

                judged.AssertNone();
            }
        }
    }

    private static async Task EnrolAsync(PeopledPortal portal, string id)
    {
        var second = portal.Services.GetRequiredService<SecondStep>();
        var secret = second.Propose();
        await second.EnrolAsync(id, secret, Totp.CodeAt(second.Open(secret)!, Totp.StepAt(TimeProvider.System.GetUtcNow())), PeopledPortal.Tester, Stop);
    }

    private static async Task SignInAsync(IPage page, PeopledPortal portal)
    {
        await page.GotoAsync(new Uri(portal.Address, "sign-in").ToString());
        await page.GetByLabel("E-mail address").FillAsync(PeopledPortal.Admin);
        await page.GetByLabel("Password").FillAsync(PeopledPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(portal.Address.ToString());
    }
}
