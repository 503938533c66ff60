using Microsoft.Playwright;

namespace TftPortal.Tests.Browser;

/// <summary>Pictures of the administration, for eyes: they go to the folder TFT_LOOKS.</summary>
public sealed class AdminLooks
{
    [Fact(Explicit = true)]
    public async Task The_administration_is_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        await using var full = await APortal.StartAsync(ABusyFleet.At(TimeProvider.System.GetUtcNow()));
        await ABunchOfKeys.MakeAsync(full.Services, more: 40);
        await ABunchOfChannels.MakeAsync(full.Services);
        await using var empty = await APortal.StartAsync(AnOutlook.Empty(TimeProvider.System.GetUtcNow()));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        foreach (var width in new[] { 1440, 390 })
        {
            foreach (var (name, address) in new[] { ("full", full.Address), ("empty", empty.Address) })
            foreach (var path in new[] { "admin", "admin/keys", "admin/channels", "admin/audit", "admin/limits", "admin/security", "admin/users" })
            {
                var page = await OpenAsync(address + path);
                await page.ScreenshotAsync(new() { Path = FileOf($"{path.Replace('/', '-')}-{name}") });
                await page.CloseAsync();
            }

            var keys = await OpenAsync(full.Address + "admin/keys");
            await PressAsync("Make a key");
            await keys.Locator("#key-days").FillAsync("9000");
            await keys.Locator("#key-networks").FillAsync("10.20.0.5/8\n300.1.1.1");
            await PressAsync("Make the key", last: true);
            await keys.Locator(".form-fault").WaitForAsync();
            await ShootAsync("create-faults");
            await keys.Keyboard.PressAsync("Escape");
            await PressAsync("Make a key");
            await keys.Locator("#key-name").FillAsync($"new {theme} {width}");
            await keys.Locator("#key-prefix").FillAsync("web-");
            await PressAsync("Make the key", last: true);
            await keys.Locator("#copy-key").WaitForAsync();
            await ShootAsync("secret");
            await PressAsync("I have stored it");
            await keys.GetByRole(AriaRole.Button, new() { Name = "batch importer", Exact = true }).ClickAsync();
            await keys.Locator("dialog[open]").WaitForAsync();
            await ShootAsync("key");
            await PressAsync("Close");
            await PressAsync("End now: the old secret of batch importer");
            await keys.Locator("dialog[open]").WaitForAsync();
            await ShootAsync("end");
            await PressAsync("Wait");
            await keys.Locator("[data-search]").FillAsync("dashboards");
            await keys.GetByRole(AriaRole.Button, new() { Name = "dashboards", Exact = true }).ClickAsync();
            await PressAsync("Rotate…");
            await keys.Locator("dialog[open] input[type=radio]").First.WaitForAsync();
            await ShootAsync("rotate");
            await keys.CloseAsync();

            keys = await OpenAsync(full.Address + "admin/channels");
            await PressAsync("Add a channel");
            await keys.Locator("#channel-kind").SelectOptionAsync("Email");
            await keys.Locator("#channel-port").FillAsync("many");
            await PressAsync("Add the channel", last: true);
            await keys.Locator(".form-fault").WaitForAsync();
            await ShootAsync("channel-faults");
            await keys.Keyboard.PressAsync("Escape");
            await PressAsync("Add a route");
            await keys.Locator("#route-name").WaitForAsync();
            await ShootAsync("route");
            await keys.CloseAsync();

            async Task<IPage> OpenAsync(string address)
            {
                var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = width == 390 ? 844 : 900 }, TimezoneId = "Europe/Berlin" });
                await AdminsBrowser.SignInAsync(context, address.StartsWith(full.Address, StringComparison.Ordinal) ? full : empty);
                var page = await context.NewPageAsync();
                await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
                await page.Locator("[data-interactive]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                return page;
            }

            async Task PressAsync(string name, bool last = false)
            {
                var buttons = keys.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
                await (last ? buttons.Last : buttons.First).ClickAsync();
            }

            Task ShootAsync(string name) => keys.ScreenshotAsync(new() { Path = FileOf("keys-" + name), Animations = ScreenshotAnimations.Disabled });

            string FileOf(string name) => Path.Combine(folder, $"{name}-{theme}-{width}.png".ToLowerInvariant());
        }
    }
}
