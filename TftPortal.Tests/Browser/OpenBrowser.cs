using Microsoft.Playwright;
using TftPortal.Engine.State;

namespace TftPortal.Tests.Browser;

/// <summary>One browser and one portal with a busy fleet and an empty one beside it, for all the pages that a class of tests looks at.</summary>
public sealed class OpenBrowser : IAsyncLifetime
{
    /// <summary>A name that leads this browser to the portals, as a name made by an attacker would.</summary>
    internal const string OtherName = "portal.example.test";

    private DirectoryInfo? folder;
    private APortal? busy, empty;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser; the test is skipped where the machine has none.</summary>
    internal IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(browser is null, "No Chromium on this machine, and none could be installed: set TFT_CHROMIUM to one.");
            return browser!;
        }
    }

    internal APortal Busy => busy!;

    internal APortal Empty => empty!;

    public async ValueTask InitializeAsync()
    {
        if (await Chromium.FindOrInstallAsync() is null) return;
        var now = TimeProvider.System.GetUtcNow();
        folder = Directory.CreateTempSubdirectory("tft-state-");
        File.WriteAllText(Path.Combine(folder.FullName, AState.SetAside(now).File), "PAR1 damaged");
        busy = await APortal.StartAsync(ABusyFleet.At(now), new StateKeeper(folder.FullName, AState.Bad(now)));
        empty = await APortal.StartAsync(AnOutlook.Empty(now), new StateKeeper(folder.FullName, StateReport.Nothing));
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.StartAsync(playwright, $"--host-resolver-rules=MAP {OtherName} 127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (busy is not null) await busy.DisposeAsync();
        if (empty is not null) await empty.DisposeAsync();
        folder?.Delete(recursive: true);
    }
}
