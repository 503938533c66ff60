using TftPortal.Access.ApiKeys;

namespace TftPortal.Access;

/// <summary>Says of an endpoint that it asks for a key, with which scope, and that it is limited by that scope's rate.</summary>
/// <param name="Scope">What it needs; all of it where it is several.</param>
/// <param name="Or">What does as well; none where nothing else does.</param>
/// <param name="OrRole">The role of a signed-in visitor of the portal's own origin that does as well; null where only a key does.</param>
internal sealed record KeyRequirement(ApiScopes Scope, ApiScopes Or = ApiScopes.None, string? OrRole = null)
{
    /// <summary>The scopes' names on the wire.</summary>
    public string ScopeName { get; } = string.Join(" and ", ScopeNames.Of(Scope)) + (Or == ApiScopes.None ? "" : $"' or '{string.Join(" and ", ScopeNames.Of(Or))}");

    /// <summary>Whether a key of these scopes will do.</summary>
    public bool IsMetBy(ApiScopes held) => held.HasFlag(Scope) || (Or != ApiScopes.None && held.HasFlag(Or));

    /// <summary>How many requests a minute a client may make.</summary>
    public int PerMinute(RateLimitOptions limits, ApiKey? key) => Scope switch
    {
        ApiScopes.Feed => key?.FeedPerMinute ?? limits.FeedPerMinute,
        ApiScopes.Admin => limits.AdminPerMinute,
        _ => key?.ReadPerMinute ?? limits.ReadPerMinute,
    };
}
