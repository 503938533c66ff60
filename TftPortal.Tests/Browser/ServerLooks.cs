using Microsoft.Playwright;

namespace TftPortal.Tests.Browser;

/// <summary>Pictures of a server's page, to be looked at; they go to the folder TFT_LOOKS, and run only when asked for.</summary>
public sealed class ServerLooks
{
    /// <summary>The charts of a demo server over several spans; one pointed at, one zoomed.</summary>
    [Fact(Explicit = true)]
    public async Task A_servers_charts_are_photographed()
    {
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("TFT_LOOKS") ?? "looks").FullName;
        await using var portal = await APortal.StartWholeAsync(new("Demo:Enabled", "true"), new("Engine:ForecastSeconds", "5"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var (name, query, theme, width) in new[] { ("usual", "", ColorScheme.Dark, 1440), ("usual", "", ColorScheme.Light, 390), ("week", "?past=1w&ahead=2h", ColorScheme.Light, 1440), ("week", "?past=1w&ahead=2h", ColorScheme.Dark, 390), ("month", "?past=1M&ahead=8h", ColorScheme.Dark, 1440), ("wrong", "?past=2d", ColorScheme.Light, 390), ("pointed", "?past=1d", ColorScheme.Dark, 1440), ("zoomed", "?past=1d", ColorScheme.Light, 1440) })
        {
            var page = await browser.NewPageAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = width == 390 ? 5200 : 1700 }, TimezoneId = "Europe/Berlin" });
            await page.GotoAsync(portal.Address);
            await page.Locator(".fleet-table tbody a").First.WaitForAsync(new() { Timeout = 90_000 });
            page.Console += (_, message) => TestContext.Current.TestOutputHelper?.WriteLine(message.Text);
            var address = await page.Locator(".fleet-table tbody a").First.GetAttributeAsync("href");
            await page.GotoAsync(portal.Address + address + query);
            await page.Locator(".metric-card svg").First.WaitForAsync();
            await page.WaitForTimeoutAsync(1_500);
            if (name is "pointed" or "zoomed")
            {
                var box = (await page.Locator(".fan-chart").First.BoundingBoxAsync())!;
                await page.Mouse.MoveAsync(box.X + (box.Width * 0.5f), box.Y + 60);
                if (name == "zoomed")
                {
                    await page.Mouse.DownAsync();
                    await page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + 70, new() { Steps = 5 });
                    await page.Mouse.UpAsync();
                    await page.Mouse.MoveAsync(5, 5);
                }

                await page.WaitForTimeoutAsync(800);
            }

            if (name is "usual")
            {
                foreach (var at in new[] { 0, 5 }) await page.Locator(".card-act[aria-expanded]").Nth(at).ClickAsync();
                await page.Locator(".what-if input[type=range]").First.FillAsync("30");
                await page.WaitForTimeoutAsync(800);
            }

            if (name is "usual")
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).ClickAsync();
                await page.Locator("#note-text").FillAsync("Moves to the other rack on Friday.\nAsk Anna before restarting it.");
                await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
                await page.Locator(".note-text").First.WaitForAsync();
                if (theme == ColorScheme.Light) await page.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).ClickAsync();
            }

            if (name is "week")
            {
                var png = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-chart-picture]").First.ClickAsync());
                await png.SaveAsAsync(Path.Combine(folder, $"picture-{theme}-{width}.png".ToLowerInvariant()));
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"server-{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = true });
            await page.CloseAsync();
        }
    }
}
