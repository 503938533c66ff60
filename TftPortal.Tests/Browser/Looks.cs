using Microsoft.Playwright;
using TftPortal.Engine.Fleet;
using TftPortal.Tests.Dashboard;

namespace TftPortal.Tests.Browser;

/// <summary>Pictures of hand-made pages, to be looked at: <c>dotnet run --project TftPortal.Tests -- -explicit only -class TftPortal.Tests.Browser.Looks</c>; they go to TFT_LOOKS, or the temporary folder.</summary>
public sealed class Looks
{
    [Fact(Explicit = true)]
    public async Task Pages_are_photographed()
    {
        var folder = Environment.GetEnvironmentVariable("TFT_LOOKS") ?? Path.Combine(Path.GetTempPath(), "tft-looks");
        await using var full = await APortal.StartAsync(Full(TimeProvider.System.GetUtcNow()));
        await using var empty = await APortal.StartAsync(AnOutlook.Empty(TimeProvider.System.GetUtcNow()));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        foreach (var width in new[] { 1440, 390 })
        {
            await using var context = await browser.NewContextAsync(new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = width == 390 ? 844 : 900 }, TimezoneId = "Europe/Berlin" });
            var page = await context.NewPageAsync();
            page.Console += (_, message) => { if (message.Type != "info") TestContext.Current.TestOutputHelper?.WriteLine($"{message.Type} {message.Text}"); };
            foreach (var (name, address) in new[] { ("fleet", full.Address), ("server", full.Address + "servers/ppdb0001"), ("empty", empty.Address), ("unknown", full.Address + "servers/nobody"), ("missing", full.Address + "no/such/page") })
            {
                await page.GotoAsync(address);
                await page.WaitForTimeoutAsync(name == "server" ? 4000 : 1200);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{theme}-{width}.png".ToLowerInvariant()), FullPage = name == "server" });
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                if (overflow > 0) TestContext.Current.TestOutputHelper?.WriteLine($"{name} {width}: {overflow} px too wide");
            }
        }
    }

    private static FleetOutlook Full(DateTimeOffset now) => AnOutlook.Of(7, now,
    [
        new AServer("ppdb0001") { Profile = ServerProfile.Database, IsSimulated = true, Risk = 91, Worst = new(Metric.MemUsedPercent, 98.3f, 98, now.AddMinutes(37), 0.78) }.With(Metric.MemUsedPercent, 82),
        new AServer("ppweb0003") { IsSimulated = true, Risk = 66, Worst = new(Metric.DiskUsagePercent, 86, 85, now.AddHours(3), 0.52) }.With(Metric.DiskUsagePercent, 81),
        new AServer("ppml0002") { Profile = ServerProfile.MlCompute, IsSimulated = true, Risk = 53, Worst = new(Metric.CpuIdlePercent, 85, 85, now.AddHours(5), 0.24) { Measure = "cpu_used_pct" } },
        new AServer("build-host-with-a-rather-long-name-01") { Profile = ServerProfile.Generic, Risk = 8, Source = ForecastSource.Baseline, ObservedSteps = 4, Worst = new(Metric.MemUsedPercent, 70, 90, now.AddHours(7), 0.02), Absent = [Metric.CpuIdlePercent, Metric.JavaCpuPercent, Metric.SwapUsedPercent] },
        new AServer("ppetl0001") { Profile = ServerProfile.DataIngest, IsSimulated = true, Risk = 22, SilentFor = TimeSpan.FromMinutes(47) },
        .. Enumerable.Range(1, 60).Select(index => new AServer($"ppapi{index:0000}") { IsSimulated = true, Risk = 20 - (index * 0.2), Worst = new(Metric.LoadAverage, 4, 8, now.AddHours(6), 0.03) }),
    ]);
}
