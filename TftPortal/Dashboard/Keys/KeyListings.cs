using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Dashboard.Keys;

/// <summary>Makes what the page shows of the keys on the ring.</summary>
internal static class KeyListings
{
    /// <summary>Every key: what wants attention first, what has ended last, each by name.</summary>
    public static ImmutableArray<KeyListing> Of(IEnumerable<HeldKey> keys, DateTimeOffset now) =>
        [.. keys.Select(held => Of(held, now)).OrderBy(Order).ThenBy(key => key.Name, StringComparer.OrdinalIgnoreCase).ThenBy(key => key.Id, StringComparer.Ordinal)];

    public static KeyListing Of(HeldKey held, DateTimeOffset now)
    {
        var key = held.Key;
        var callers = held.Use.Callers;
        var (requests, refused) = held.Use.InDay(now);
        var old = key.RevokedAt is null ? key.OldSecretAt(now) : null;
        return new()
        {
            Id = key.Id,
            Name = key.Name,
            State = key.StateAt(now),
            Scopes = [.. ScopeNames.Of(key.Scopes)],
            ServerPrefix = key.ServerPrefix,
            Networks = [.. key.Networks.Select(network => network.ToString())],
            Limits = string.Join(", ", new[] { Limit(key.FeedPerMinute, "feeds"), Limit(key.ReadPerMinute, "reads") }.OfType<string>()),
            CreatedAt = key.Id == ApiKey.EnvironmentId ? null : key.CreatedAt,
            CreatedBy = key.CreatedBy,
            ExpiresAt = key.ExpiresAt,
            EndedAt = key.RevokedAt ?? (key.ExpiresAt <= now ? key.ExpiresAt : null),
            LastUsed = callers.Where(caller => caller.LastAt is not null).MaxBy(caller => caller.LastAt) is { } used ? Used(used) : null,
            LastRefused = callers.Where(caller => caller.RefusedAt is not null).MaxBy(caller => caller.RefusedAt) is { } turned ? Refused(turned) : null,
            Requests = requests,
            Refused = refused,
            OldWorksUntil = old?.EndsAt,
            OldUsers = old is null ? [] : OldUsers(callers, old.Number, key.Secrets[0]),
            Users = [.. callers.Select(caller => caller.LastAt >= (caller.RefusedAt ?? default) ? Used(caller) : caller.RefusedAt is null ? Used(caller) : Refused(caller)).OrderByDescending(user => user.At)],
        };
    }

    private static ImmutableArray<KeyUsedBy> OldUsers(ImmutableArray<KeyCaller> callers, int old, KeySecret newest) =>
        [.. callers.Where(caller => caller.Secret == old && caller.LastAt >= newest.IssuedAt).OrderByDescending(caller => caller.LastAt)
            .Select(caller => Used(caller) with { HasNewSecret = callers.Any(other => other.Secret == newest.Number && other.LastAt > caller.LastAt && other.Address == caller.Address && other.UserAgent == caller.UserAgent) })];

    private static KeyUsedBy Used(KeyCaller caller) => new(caller.LastAt!.Value, caller.Address, caller.UserAgent, caller.Requests, "", HasNewSecret: false);

    private static KeyUsedBy Refused(KeyCaller caller) => new(caller.RefusedAt!.Value, caller.Address, caller.UserAgent, caller.Requests, RefusalWords.Of(caller.Reason), HasNewSecret: false);

    private static string? Limit(int? perMinute, string what) => perMinute is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{limit:#,0} {what} a minute") : null;

    private static int Order(KeyListing key) => key.State switch { KeyState.Rotating => 0, KeyState.Expiring => 1, KeyState.Active => 2, KeyState.Expired => 3, _ => 4 };
}
