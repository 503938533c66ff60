using System.Text.RegularExpressions;

namespace TftPortal.Agent.Readings;

/// <summary>The name that a host is fed under.</summary>
public static partial class HostName
{
    /// <summary>What the portal takes for a name.</summary>
    public const string Pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$";

    /// <summary>This host's own name, made valid.</summary>
    public static string Own => Sanitise(Environment.MachineName);

    /// <summary>Whether the portal takes a name.</summary>
    public static bool IsValid(string name) => Valid().IsMatch(name);

    /// <summary>Makes a valid name of any: what is not allowed becomes a hyphen, what may not lead is cut off, and <c>localhost</c> stands for nothing at all.</summary>
    public static string Sanitise(string name)
    {
        var cleaned = Foreign().Replace(name.Trim(), "-").TrimStart('.', '_', ':', '-');
        if (cleaned.Length > 253) cleaned = cleaned[..253];
        return cleaned.Length > 0 ? cleaned : "localhost";
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Valid();

    [GeneratedRegex("[^A-Za-z0-9._:-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Foreign();
}
