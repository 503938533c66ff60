using TftPortal.Access.ApiKeys;

namespace TftPortal.Access;

/// <summary>Finds keys where none may stand: in a query string, which proxies log and browsers remember.</summary>
internal static class KeyInAddress
{
    private static readonly string[] Parameters = ["api_key", "apikey", "api-key", "x-api-key", "x_api_key"];

    /// <summary>The first text in a query string that is written as a key of ours; null where there is none.</summary>
    public static string? Find(string query)
    {
        for (var at = query.IndexOf(KeyText.Prefix, StringComparison.Ordinal); at >= 0 && query.Length - at >= KeyText.Length; at = query.IndexOf(KeyText.Prefix, at + 1, StringComparison.Ordinal))
        {
            if (KeyText.TryRead(query.AsSpan(at, KeyText.Length), out _)) return query.Substring(at, KeyText.Length);
        }

        return null;
    }

    /// <summary>Whether a query string has a parameter that is called as keys are.</summary>
    public static bool HasParameter(string query)
    {
        var rest = query.AsSpan().TrimStart('?');
        foreach (var range in rest.Split('&'))
        {
            var part = rest[range];
            var name = part.IndexOf('=') is var end and >= 0 ? part[..end] : part;
            foreach (var parameter in Parameters)
            {
                if (name.Equals(parameter, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }
}
