using Microsoft.Net.Http.Headers;

namespace TftPortal.Api.Forecasts;

/// <summary>How an answer's bytes are coded.</summary>
internal enum ContentCoding { Identity, Gzip, Brotli }

/// <summary>Chooses an encoding by <c>Accept-Encoding</c>.</summary>
internal static class Encodings
{
    /// <summary>The encoding that the client weighs highest, Brotli before gzip where it does not care; identity where it names neither.</summary>
    public static ContentCoding Choose(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)) return ContentCoding.Identity;
        var (brotli, gzip) = (Weight(accepted, "br"), Weight(accepted, "gzip"));
        if (brotli <= 0 && gzip <= 0) return ContentCoding.Identity;
        return brotli >= gzip ? ContentCoding.Brotli : ContentCoding.Gzip;
    }

    /// <summary>The name in <c>Content-Encoding</c>; null for identity.</summary>
    public static string? Name(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    private static double Weight(IList<StringWithQualityHeaderValue> accepted, string name) =>
        accepted.FirstOrDefault(entry => entry.Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Quality
        ?? (accepted.Any(entry => entry.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) ? 1
            : accepted.FirstOrDefault(entry => entry.Value.Equals("*", StringComparison.Ordinal)) is { } any ? any.Quality ?? 1 : 0);
}
