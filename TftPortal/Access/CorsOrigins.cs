using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using TftPortal.Settings;

namespace TftPortal.Access;

/// <summary>The origins whose pages may call the API.</summary>
internal sealed class CorsOrigins(IOptions<AccessOptions> options)
{
    private readonly FrozenSet<string> allowed = Split(options.Value.CorsOrigins).ToFrozenSet(StringComparer.Ordinal);

    public bool Allows(string origin) => allowed.Contains(origin);

    /// <summary>Refuses what no browser sends as an origin, and <c>*</c>: with credentials it would open the API to every page.</summary>
    /// <exception cref="WrongSettingException">One is wrong.</exception>
    public static void Check(IConfiguration configuration)
    {
        const string key = "Access:CorsOrigins";
        foreach (var origin in Split(configuration[key] ?? ""))
        {
            var isOrigin = Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && origin == uri!.GetLeftPart(UriPartial.Authority);
            if (!isOrigin) SettingsCheck.Refuse(configuration, key, origin, "a list of origins as browsers send them, separated by commas, for example http://localhost:8501; no * and no path");
        }
    }

    private static string[] Split(string origins) => origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
