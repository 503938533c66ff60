namespace TftPortal.Access.Browser;

/// <summary>
/// Refuses pages of other origins a live connection, before routing: browsers don't hold WebSockets to CORS, and Blazor answers any origin.
/// A WebSocket without an origin is no browser's, and refused too, but by the hub for programs, which asks for a key; pages of allowed origins may ask that hub without a WebSocket, for a key in a header is all that they can bring.
/// </summary>
internal sealed class LiveOrigins(RequestDelegate next, RateLimits limits, CorsOrigins allowed, ILogger<LiveOrigins> logger)
{
    /// <summary>Where pages connect.</summary>
    public const string Path = "/_blazor";

    private static readonly byte[] Refusal = """{"detail":"Live connections are for the portal's own pages."}"""u8.ToArray();

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var isSocket = Upgrades.IsWebSocket(http);
        var isHub = request.Path.StartsWithSegments(HubPaths.All, StringComparison.OrdinalIgnoreCase);
        if (!isSocket && !isHub && !request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase)) return next(http);
        var origins = request.Headers.Origin;
        var isOwn = origins.Count == 0 ? (isHub || !isSocket) && IsFromHere(request) : origins.Count == 1 && (IsOwn(origins[0]!, request) || (isHub && !isSocket && allowed.Allows(origins[0]!)));
        if (isOwn) return next(http);
        var address = ClientAddress.Of(http.Connection.RemoteIpAddress);
        if (limits.Hit(address, "(foreign origins)", 1) is null) Log.Foreign(logger, ShortText.Of(origins.ToString()), address, ShortText.Of($"{request.Scheme}://{request.Host}"));
        return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, Refusal);
    }

    /// <summary>Whether a page of the portal's own sent a request, or no page at all.</summary>
    public static bool IsFromOwnPage(HttpRequest request) => request.Headers.Origin is var origins && origins.Count == 0 ? IsFromHere(request) : origins.Count == 1 && IsOwn(origins[0]!, request);

    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";

    // Compared as origins are: a port that is its scheme's own may be left out.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sent)
        && origin.Equals(sent.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
        && sent.Scheme == own.Scheme && sent.Port == own.Port && sent.IdnHost.Equals(own.IdnHost, StringComparison.OrdinalIgnoreCase);
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Refused a live connection of the origin \"{Origin}\" from {Address}: this portal is {Own}. If that origin is this portal behind a proxy, name the proxy in Proxies:Networks.")]
    public static partial void Foreign(ILogger logger, string origin, string address, string own);
}
