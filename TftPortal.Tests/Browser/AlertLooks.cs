using Microsoft.Playwright;

namespace TftPortal.Tests.Browser;

/// <summary>Pictures of the pages of alerts, for eyes: they go to the folder TFT_LOOKS.</summary>
public sealed class AlertLooks
{
    [Fact(Explicit = true)]
    public async Task The_pages_of_alerts_are_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        await using var full = await APortal.StartAsync(AlertsPicture.At(TimeProvider.System.GetUtcNow()));
        await using var empty = await APortal.StartAsync(AnOutlook.Empty(TimeProvider.System.GetUtcNow()));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (theme, width) in new[] { (ColorScheme.Dark, 1440), (ColorScheme.Light, 1440), (ColorScheme.Dark, 390), (ColorScheme.Light, 390) })
        {
            await using var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = width == 390 ? 844 : 900 }, TimezoneId = "Europe/Berlin" });
            await AdminsBrowser.SignInAsync(context, full);
            var page = await context.NewPageAsync();
            foreach (var path in new[] { "", "alerts", "alerts/silences", "alerts/rules?server=ppetl0001" })
            {
                await OpenAsync(page, full.Address + path);
                await ShootAsync(page, path.Length == 0 ? "fleet" : path.Split('?')[0].Replace('/', '-'));
            }

            await OpenAsync(page, full.Address + "alerts");
            await page.GetByRole(AriaRole.Button, new() { Name = "Silence ppdb0001 mem_used_pct" }).ClickAsync();
            await ShootAsync(page, "dialog-silence");
            await OpenAsync(page, full.Address + "alerts/rules");
            await page.GetByRole(AriaRole.Button, new() { Name = "Make a rule" }).ClickAsync();
            await page.Locator("#rule-warning").FillAsync("much");
            await page.GetByRole(AriaRole.Button, new() { Name = "Make the rule" }).ClickAsync();
            await page.Locator(".form-fault").WaitForAsync();
            await ShootAsync(page, "dialog-rule");
            await OpenAsync(page, full.Address + "alerts/silences");
            await page.GetByRole(AriaRole.Button, new() { Name = "Change monthly patching" }).ClickAsync();
            await ShootAsync(page, "dialog-window");

            await using var plain = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 844 } });
            var bare = await plain.NewPageAsync();
            foreach (var path in new[] { "alerts", "alerts/silences" })
            {
                await OpenAsync(bare, empty.Address + path);
                await ShootAsync(bare, path.Replace('/', '-') + "-empty");
            }

            Task ShootAsync(IPage of, string name) => of.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = !name.StartsWith("dialog", StringComparison.Ordinal), Animations = ScreenshotAnimations.Disabled });
        }
    }

    private static async Task OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator("[data-interactive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
