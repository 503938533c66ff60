using System.Collections.Concurrent;
using Bunit;
using Microsoft.Playwright;
using MudBlazor;
using MudBlazor.Services;
using TftPortal.Dashboard.Theme;
using TftPortal.Settings;
using static Microsoft.Playwright.Assertions;
using TestContext = Xunit.TestContext;

namespace TftPortal.Tests.Browser;

/// <summary>The content policy refuses nothing of ours, and everything else.</summary>
public sealed class ContentPolicyTests(OpenBrowser open) : IClassFixture<OpenBrowser>
{
    private static readonly string[] Faults = ["Content Security Policy", "Refused to"];

    [Theory]
    [InlineData("", false)]
    [InlineData("servers/ppdb0001", true)]
    [InlineData("servers/nobody", false)]
    [InlineData("system", false)]
    [InlineData("no/such/page", false)]
    public async Task A_page_works_and_nothing_of_it_is_refused(string path, bool hasCharts)
    {
        await using var context = await open.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var refused = Listen(page);
        await page.GotoAsync(open.Busy.Address + path);
        // What is not found has no connection: nobody needs to have signed in for it.
        await Expect(page.Locator(path == "no/such/page" ? "h1" : "[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        if (hasCharts)
        {
            await Expect(page.Locator(".fan-chart svg path").First).ToBeAttachedAsync();
            Assert.NotEqual(0, await page.EvaluateAsync<int>("() => [...document.querySelectorAll('style')].filter(style => style.sheet?.cssRules.length && style.textContent.includes('apexcharts')).length"));
        }

        Assert.Empty(refused);
    }

    [Fact]
    public async Task What_is_put_into_a_page_does_not_run()
    {
        await using var context = await open.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var refused = Listen(page);
        await page.GotoAsync(open.Busy.Address + "system");
        await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
        await page.EvaluateAsync("() => { const part = document.createElement('div'); part.innerHTML = '<img src=x onerror=\"window.taken = true\"><a href=\"javascript:window.taken = true\">x</a>'; const script = document.createElement('script'); script.textContent = 'window.taken = true'; document.body.append(part, script); part.querySelector('a').click(); }");
        await page.WaitForFunctionAsync("() => document.images.length === 0 || [...document.images].every(image => image.complete)");
        Assert.False(await page.EvaluateAsync<bool>("() => window.taken === true"));
        Assert.NotEmpty(refused);
    }

    /// <summary>MudBlazor would write this into a style element of every page, without a nonce.</summary>
    [Fact]
    public async Task The_themes_style_sheet_is_what_MudBlazor_would_write()
    {
        var path = Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "wwwroot", "css", "mud-theme.css");
        await using var page = new BunitContext();
        page.Services.AddMudServices();
        page.JSInterop.Mode = JSRuntimeMode.Loose;
        var theme = page.Render<MudThemeProvider>(parameters => parameters.Add(of => of.Theme, PortalTheme.Theme).Add(of => of.IsDarkMode, true));
        var written = string.Join("\n", theme.FindAll("style").Select(style => style.TextContent.Trim())).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("TFT_WRITE_THEME") == "1") await File.WriteAllTextAsync(path, $"/* Written by the test ContentPolicyTests with TFT_WRITE_THEME=1, from PortalTheme.cs and MudBlazor's own defaults. */\n{written}\n", TestContext.Current.CancellationToken);
        var kept = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(written, kept[(kept.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimEnd());
    }

    private static ConcurrentQueue<string> Listen(IPage page)
    {
        var refused = new ConcurrentQueue<string>();
        page.Console += (_, message) => { if (Array.Exists(Faults, fault => message.Text.Contains(fault, StringComparison.OrdinalIgnoreCase))) refused.Enqueue(message.Text); };
        return refused;
    }
}
