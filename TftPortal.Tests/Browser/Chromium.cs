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

    /// <summary>Where the browser is; null where the machine has none. <c>TFT_CHROMIUM</c> names another.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("TFT_CHROMIUM")
        ?? (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            from name in Names
            let file = System.IO.Path.Combine(folder, name)
            where File.Exists(file)
            select file).FirstOrDefault();

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments, Headless = true });
}
