namespace TftPortal.Access.ApiKeys;

/// <summary>What a key allows. None includes another: an admin's key that shall read too has both.</summary>
[Flags]
internal enum ApiScopes
{
    None = 0,

    /// <summary>Sending readings.</summary>
    Feed = 1,

    /// <summary>Reading forecasts and alerts.</summary>
    Read = 2,

    /// <summary>Making, rotating and revoking keys.</summary>
    Admin = 4,
}

/// <summary>The scopes' names on the wire.</summary>
internal static class ScopeNames
{
    private static readonly (ApiScopes Scope, string Name)[] All = [(ApiScopes.Feed, "feed"), (ApiScopes.Read, "read"), (ApiScopes.Admin, "admin")];

    /// <summary>Every name, for messages.</summary>
    public static string Allowed { get; } = string.Join(", ", All.Select(scope => scope.Name));

    /// <summary>The names of the scopes that are set.</summary>
    public static string[] Of(ApiScopes scopes) => [.. All.Where(scope => scopes.HasFlag(scope.Scope)).Select(scope => scope.Name)];

    /// <summary>The scope of a name; null where there is none of that name.</summary>
    public static ApiScopes? Find(string name) => Array.Find(All, scope => scope.Name == name) is { Name: not null } found ? found.Scope : null;
}
