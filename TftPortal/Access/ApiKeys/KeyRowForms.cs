using System.Collections.Immutable;
using System.Net;
using TftPortal.Access.Records;

namespace TftPortal.Access.ApiKeys;

/// <summary>Between what is kept and what is used.</summary>
internal static class KeyRowForms
{
    public static ApiKey Key(KeyRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Scopes = row.Scopes.Split(',').Aggregate(ApiScopes.None, (scopes, name) => scopes | (ScopeNames.Find(name) ?? ApiScopes.None)),
        ServerPrefix = row.ServerPrefix,
        Networks = [.. row.Networks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)],
        FeedPerMinute = row.FeedPerMinute,
        ReadPerMinute = row.ReadPerMinute,
        CreatedAt = row.CreatedAt,
        CreatedBy = row.CreatedBy,
        ExpiresAt = row.ExpiresAt,
        RevokedAt = row.RevokedAt,
        Secrets = [.. row.Secrets.OrderByDescending(secret => secret.Number).Select(secret => new KeySecret(secret.Number, [.. secret.Digest], secret.IssuedAt, secret.EndsAt))],
    };

    public static KeyCaller Caller(CallerRow row) => new(
        row.Secret, row.Address, row.UserAgent, row.Requests, row.LastAt, row.RefusedAt, Enum.TryParse<KeyRefusal>(row.Reason, out var reason) ? reason : KeyRefusal.None);

    public static CallerRow Row(string id, KeyCaller caller) => new()
    {
        KeyId = id,
        Secret = caller.Secret,
        Address = caller.Address,
        UserAgent = caller.UserAgent,
        Requests = caller.Requests,
        LastAt = caller.LastAt,
        RefusedAt = caller.RefusedAt,
        Reason = caller.Reason == KeyRefusal.None ? null : caller.Reason.ToString(),
    };
}
