using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Browser;
using TftPortal.Access.SignIn;

namespace TftPortal.Access;

/// <summary>
/// Lets a request through to an endpoint that asks for a key: by the header <c>X-API-Key</c> alone, within its rate, and before a byte of the body is read.
/// </summary>
internal sealed class KeyGate(
    RequestDelegate next, KeyRing keys, OpenDoor door, RateLimits limits, WrongKeys wrongKeys, TrustedAddresses trusted, IOptions<RateLimitOptions> options, IAuthorizationService roles, TimeProvider clock)
{
    /// <summary>The header.</summary>
    public const string Header = "X-API-Key";

    private const string WrongKeyPath = WrongKeys.Route;
    private static readonly byte[] Refusal = """{"detail":"Invalid or missing API key. Set TFT_API_KEY environment variable."}"""u8.ToArray();
    private static readonly byte[] FirstAdmin =
        """{"detail":"This needs an API key with the scope 'admin'. The first one is made on the portal's machine: dotnet run --project TftPortal -- keys create --scope admin --name NAME"}"""u8.ToArray();

    private static readonly byte[] InAddress =
        """{"detail":"A key in the query string is refused: addresses end up in logs and histories. Send it in the header X-API-Key alone, and rotate the one that was in the query string."}"""u8.ToArray();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<KeyRequirement>() is not { } requirement) return next(http);
        // What is refused unread, the server reads and drops for some seconds, so that a sender in the middle of a large body still sees why.
        // With its own limit it would cut the connection instead. The endpoints count what they read themselves.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var address = ClientAddress.Of(http.Connection.RemoteIpAddress);
        var sent = http.Request.Headers[Header].ToString();
        KeyMatch match = default;
        if (sent.Length > 0 && !keys.IsEmpty)
        {
            match = keys.Find(sent, http.Connection.RemoteIpAddress);
            if (match.Refusal != KeyRefusal.None) Refused(http, match, match.Refusal);
            if (!match.Opens) wrongKeys.Book.Add(address, WrongKeyPath);
            var allowed = options.Value.WrongKeysPerMinute;
            var wait = !match.Opens ? limits.Hit(address, WrongKeyPath, allowed)
                : trusted.IsTrusted(address) ? null
                : limits.Peek(address, WrongKeyPath, allowed);
            if (wait is { } rest) return RateLimits.RefuseAsync(http, allowed, rest);
            if (match.Opens) trusted.Trust(address);
        }

        var isInAddress = http.Request.QueryString.HasValue && IsKeyIn(http, http.Request.QueryString.Value!);
        return match.Opens ? EnterAsync(http, requirement, match, isInAddress)
            : sent.Length == 0 && requirement.OrRole is { } role ? EnterAsVisitorAsync(http, requirement, address, role)
            : EnterWithoutKeyAsync(http, requirement, address);
    }

    // A cookie comes with whatever a browser sends here, whoever's page made it: it counts for our own pages alone.
    private async Task EnterAsVisitorAsync(HttpContext http, KeyRequirement requirement, string address, string role)
    {
        if (LiveOrigins.IsFromOwnPage(http.Request) && (await http.AuthenticateAsync(PortalSchemes.Cookie)).Principal is { } visitor && (await roles.AuthorizeAsync(visitor, role)).Succeeded)
        {
            http.User = visitor;
            var perMinute = requirement.PerMinute(options.Value, null);
            await (limits.Hit($"user:{visitor.FindFirstValue(ClaimTypes.NameIdentifier)}", PathOf(http), perMinute) is { } wait ? RateLimits.RefuseAsync(http, perMinute, wait) : next(http));
            return;
        }

        await EnterWithoutKeyAsync(http, requirement, address);
    }

    private Task EnterWithoutKeyAsync(HttpContext http, KeyRequirement requirement, string address)
    {
        if (!keys.IsEmpty || !door.LetsIn(http)) return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, Refusal);
        // The open door is for trying things out; whoever passed it must not make a key that works ever after.
        if (requirement.Scope == ApiScopes.Admin) return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, FirstAdmin);
        var perMinute = requirement.PerMinute(options.Value, null);
        return limits.Hit(address, PathOf(http), perMinute) is { } wait ? RateLimits.RefuseAsync(http, perMinute, wait) : next(http);
    }

    private Task EnterAsync(HttpContext http, KeyRequirement requirement, in KeyMatch match, bool isInAddress)
    {
        var held = match.Held!;
        if (isInAddress) return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, InAddress);
        if (!requirement.IsMetBy(held.Key.Scopes))
        {
            Refused(http, match, KeyRefusal.Scope);
            return JsonAnswer.WriteAsync(http, StatusCodes.Status403Forbidden, $$"""{"detail":"This API key lacks the scope '{{requirement.ScopeName}}'."}""");
        }

        var perMinute = requirement.PerMinute(options.Value, held.Key);
        if (limits.Hit(held.Client, PathOf(http), perMinute) is { } wait)
        {
            Refused(http, match, KeyRefusal.Limit);
            return RateLimits.RefuseAsync(http, perMinute, wait);
        }

        held.Use.Allow(match.Secret, http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString(), clock.GetUtcNow());
        http.Features.Set(held.Key);
        return next(http);
    }

    /// <summary>Whether a key stands in the query string; if it is one of ours, its admin is told.</summary>
    private bool IsKeyIn(HttpContext http, string query)
    {
        if (KeyInAddress.Find(query) is { } key)
        {
            if (keys.Find(key, http.Connection.RemoteIpAddress) is { Held: not null } match) Refused(http, match, KeyRefusal.Address);
            return true;
        }

        return KeyInAddress.HasParameter(query);
    }

    private void Refused(HttpContext http, in KeyMatch match, KeyRefusal reason) =>
        match.Held!.Use.Refuse(match.Secret, http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString(), reason, clock.GetUtcNow());

    // The route, not the path: what differs in case or a slash is one resource.
    private static string PathOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path;
}
