using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TftPortal.Tests.Browser;

public sealed class RestartTests
{
    [Fact]
    public async Task An_open_page_says_since_when_the_portal_is_gone_and_is_live_again_after_its_restart()
    {
        Assert.SkipWhen(await Chromium.FindOrInstallAsync() is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
        var address = $"http://127.0.0.1:{FreePort()}/";
        var data = Directory.CreateTempSubdirectory("tft-restart-");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var page = await browser.NewPageAsync();
        var portal = await StartAsync(address, data.FullName);
        try
        {
            await page.GotoAsync(address);
            await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 20_000 });
            await APortal.PostAsync(new Uri(address), "web-01", memory: 41);
            var row = page.Locator("tbody tr", new() { HasText = "web-01" });
            await Expect(row).ToContainTextAsync("41\u202f%", new() { Timeout = 20_000 });
            portal.Kill(); // as kill -9: nothing is said to the browser
            var banner = page.Locator("#connection-banner");
            await Expect(banner).ToContainTextAsync("Connection lost since", new() { Timeout = 60_000 });
            await Expect(page.Locator(".freshness-lost")).ToBeVisibleAsync();

            portal.Dispose();
            portal = await StartAsync(address, data.FullName);
            var watch = Stopwatch.StartNew();
            await Expect(banner).ToBeHiddenAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator("[data-interactive]")).ToBeAttachedAsync(new() { Timeout = 60_000 });
            TestContext.Current.TestOutputHelper?.WriteLine($"Live again {watch.Elapsed.TotalSeconds:0.0} s after the portal answered.");
            await Expect(row).ToContainTextAsync("41\u202f%", new() { Timeout = 20_000 }); // what was accepted before is there
            await APortal.PostAsync(new Uri(address), "web-01", memory: 77);
            await Expect(row).ToContainTextAsync("77\u202f%", new() { Timeout = 20_000 });

            await page.GetByRole(AriaRole.Link, new() { Name = "System" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save now" }).ClickAsync();
            await Expect(page.GetByText("Saved generation")).ToBeVisibleAsync(new() { Timeout = 20_000 });
            await Expect(page.Locator(".data-table tbody tr")).Not.ToHaveCountAsync(0);
        }
        finally
        {
            if (!portal.HasExited) portal.Kill();
            await portal.WaitForExitAsync(CancellationToken.None);
            portal.Dispose();
            data.Delete(recursive: true);
        }
    }

    private static async Task<Process> StartAsync(string address, string data)
    {
        var started = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "TftPortal.dll"), $"--urls={address.TrimEnd('/')}", $"--TFT_DATA_DIR={data}", "--TFT_API_KEY=",
            "--Agent:SelfMonitor=false", "--Engine:ForecastSeconds=1", "--Logging:LogLevel:Default=Warning",
        ]) { UseShellExecute = false, WorkingDirectory = data })!;
        using var client = new HttpClient { BaseAddress = new(address) };
        for (var tries = 0; tries < 600; tries++)
        {
            try
            {
                if ((await client.GetAsync("health", TestContext.Current.CancellationToken)).IsSuccessStatusCode) return started;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            Assert.False(started.HasExited, "the portal ended by itself");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        started.Kill();
        throw new TimeoutException("The portal did not answer within a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
