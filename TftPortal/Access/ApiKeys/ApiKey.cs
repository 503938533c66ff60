namespace TftPortal.Access.ApiKeys;

/// <summary>What a key allows.</summary>
[Flags]
internal enum ApiScopes
{
    None = 0,
    Feed = 1,
    Read = 2,
    Admin = 4,
}

/// <summary>Whom a valid key stands for; never the key itself.</summary>
/// <param name="Name">Its name, unique among the keys.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="FeedPerMinute">Its own limit of feed requests a minute; null where the general one holds.</param>
/// <param name="ReadPerMinute">Its own limit of read requests a minute and path; null where the general one holds.</param>
internal sealed record ApiKey(string Name, ApiScopes Scopes, int? FeedPerMinute = null, int? ReadPerMinute = null);
