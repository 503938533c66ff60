namespace TftPortal.Dashboard.Words;

/// <summary>What people call their browser, from what it says of itself: a help for the eye and no proof, since a program says what it likes.</summary>
internal static class BrowserNames
{
    // The first that stands there: the later ones stand in the earlier ones' texts too.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>For example <c>Firefox 133 on Windows</c>; what is sent where it is no browser's.</summary>
    public static string Of(string userAgent)
    {
        if (userAgent.Length == 0) return "no user agent";
        if (!userAgent.StartsWith("Mozilla/", StringComparison.Ordinal) || Browsers.FirstOrDefault(browser => userAgent.Contains(browser.Sign, StringComparison.Ordinal)) is not { Name: { } name, Sign: var sign }) return userAgent;
        var version = new string([.. userAgent[(userAgent.IndexOf(sign, StringComparison.Ordinal) + sign.Length)..].TakeWhile(char.IsAsciiDigit)]);
        var system = Systems.FirstOrDefault(system => userAgent.Contains(system.Sign, StringComparison.Ordinal)).Name;
        return $"{name} {version}{(system is null ? "" : $" on {system}")}".TrimEnd();
    }
}
