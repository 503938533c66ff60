using Microsoft.Playwright;

namespace TftPortal.Tests.Browser;

/// <summary>Pictures of the page on which rules are tried on the past, for eyes: they go to the folder TFT_LOOKS.</summary>
public sealed class BacktestLooks(BacktestPageTests.Portal shared) : IClassFixture<BacktestPageTests.Portal>
{
    [Fact(Explicit = true)]
    public async Task The_page_is_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        var quiet = await shared.TryAsync(new() { Name = "quiet", Metric = "mem_used_pct", Servers = "ppweb0002", Warning = 99, Critical = 99 });
        foreach (var (theme, width) in new[] { (ColorScheme.Dark, 1440), (ColorScheme.Light, 1440), (ColorScheme.Dark, 390), (ColorScheme.Light, 390) })
        {
            await using var context = await shared.NewContextAsync(theme, width);
            var page = await context.NewPageAsync();
            await ShootAsync("backtest-new", "alerts/backtest?metric=mem_used_pct");
            await ShootAsync("backtest-result", $"alerts/backtest?id={shared.Done.Id}");
            await ShootAsync("backtest-quiet", $"alerts/backtest?id={quiet.Id}");
            await ShootAsync("backtest-rules", "alerts/rules");
            var running = (await shared.StartAsync(new() { Name = "memory", Metric = "mem_used_pct", Warning = 70, Critical = 98 }, days: 3)).Id;
            await ShootAsync("backtest-running", $"alerts/backtest?id={running}");
            await shared.EndOfAsync(running);

            async Task ShootAsync(string name, string path)
            {
                await shared.OpenAsync(page, path);
                if (name == "backtest-result") await page.Locator(".trial-chart svg").WaitForAsync();
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = true, Animations = ScreenshotAnimations.Disabled });
            }
        }
    }
}
