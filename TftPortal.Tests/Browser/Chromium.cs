using System.Diagnostics;
using Microsoft.Playwright;

namespace TftPortal.Tests.Browser;

/// <summary>The machine's Chromium: nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Where the browser is, <c>TFT_CHROMIUM</c> before the path; null where the machine has none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable("TFT_CHROMIUM")
        ?? (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            from name in Names
            let file = Path.Combine(folder, name)
            where File.Exists(file)
            select file).FirstOrDefault();

    /// <summary>The same; root on a Debian machine without one installs its package first.</summary>
    public static async Task<string?> FindOrInstallAsync()
    {
        if (Find() is { } found) return found;
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get")) return null;
        using var install = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "apt-get update -qq && apt-get install -y -qq chromium"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await install.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await install.WaitForExitAsync(TestContext.Current.CancellationToken);
        return Find();
    }

    /// <summary>Starts it.</summary>
    /// <param name="playwright">Who drives it.</param>
    /// <param name="more">Arguments beside the usual ones.</param>
    public static Task<IBrowser> StartAsync(IPlaywright playwright, params string[] more)
    {
        Assertions.SetDefaultExpectTimeout(20_000); // a busy machine is no fault; what is expected ends the wait
        return playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = [.. Arguments, .. more], Headless = true });
    }
}
