using TftPortal.Access.ApiKeys;

namespace TftPortal.Access;

/// <summary>Says of an endpoint that it asks for a key, with which scope, and that it is limited by that scope's rate.</summary>
/// <param name="Scope">What it needs; all of it where it is several.</param>
internal sealed record KeyRequirement(ApiScopes Scope)
{
    /// <summary>The scope's name on the wire.</summary>
    public string ScopeName => Scope switch { ApiScopes.Feed => "feed", ApiScopes.Read => "read", ApiScopes.Feed | ApiScopes.Read => "feed and read", _ => "admin" };

    /// <summary>How many requests a minute a client may make.</summary>
    public int PerMinute(RateLimitOptions limits, ApiKey? key) => Scope switch
    {
        ApiScopes.Feed => key?.FeedPerMinute ?? limits.FeedPerMinute,
        _ => key?.ReadPerMinute ?? limits.ReadPerMinute,
    };
}
