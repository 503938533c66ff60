namespace TftPortal.Dashboard.SignIn;

/// <summary>The sign-in page's address, and where it leads back to.</summary>
internal static class SignInAddress
{
    public const string Path = "/sign-in";

    /// <summary>The page that leads back to where somebody wanted to go.</summary>
    /// <param name="wanted">A path with its query string.</param>
    public static string For(string wanted) => wanted is "" or "/" ? Path : $"{Path}?returnUrl={Uri.EscapeDataString(wanted)}";

    /// <summary>Where to go after signing in: the wanted place if it is one of this portal, else the fleet. An address elsewhere would make the sign-in page a way to lure people away.</summary>
    public static string Back(string? wanted) =>
        wanted is ['/', ..] && !wanted.StartsWith("//", StringComparison.Ordinal) && !wanted.StartsWith("/\\", StringComparison.Ordinal)
        && !wanted.Any(char.IsControl) && !wanted.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase)
            ? wanted
            : "/";
}
