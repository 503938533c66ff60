using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Access;

/// <summary>
/// Lets a request through to an endpoint that asks for a key: by the header <c>X-API-Key</c> alone, within its rate, and before a byte of the body is read.
/// </summary>
internal sealed class KeyGate(
    RequestDelegate next, KeyRing keys, OpenDoor door, RateLimits limits, TrustedAddresses trusted, IOptions<RateLimitOptions> options)
{
    /// <summary>The header.</summary>
    public const string Header = "X-API-Key";

    private const string WrongKeyPath = "(wrong keys)"; // no path: these have a window of their own
    private static readonly byte[] Refusal = """{"detail":"Invalid or missing API key. Set TFT_API_KEY environment variable."}"""u8.ToArray();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<KeyRequirement>() is not { } requirement) return next(http);
        // What is refused unread, the server reads and drops for some seconds, so that a sender in the middle of a large body still sees why.
        // With its own limit it would cut the connection instead. The endpoints count what they read themselves.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var address = ClientAddress.Of(http.Connection.RemoteIpAddress);
        var sent = http.Request.Headers[Header].ToString();
        ApiKey? key = null;
        if (sent.Length > 0 && !keys.IsEmpty)
        {
            key = keys.Find(sent);
            var allowed = options.Value.WrongKeysPerMinute;
            var wait = key is null ? limits.Hit(address, WrongKeyPath, allowed)
                : trusted.IsTrusted(address) ? null
                : limits.Peek(address, WrongKeyPath, allowed);
            if (wait is { } rest) return RateLimits.RefuseAsync(http, allowed, rest);
            if (key is not null) trusted.Trust(address);
        }

        if (key is null && !(keys.IsEmpty && door.LetsIn(http))) return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, Refusal);
        if (key is not null && !key.Scopes.HasFlag(requirement.Scope))
            return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, $$"""{"detail":"This API key lacks the scope '{{requirement.ScopeName}}'."}""");

        var perMinute = requirement.PerMinute(options.Value, key);
        var client = key is null ? address : $"key:{key.Name}";
        if (limits.Hit(client, PathOf(http), perMinute) is { } toWait) return RateLimits.RefuseAsync(http, perMinute, toWait);
        if (key is not null) http.Features.Set(key);
        return next(http);
    }

    // The route, not the path: what differs in case or a slash is one resource.
    private static string PathOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path;
}
