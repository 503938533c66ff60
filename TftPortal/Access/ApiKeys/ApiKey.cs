using System.Collections.Immutable;
using System.Net;

namespace TftPortal.Access.ApiKeys;

/// <summary>A key as everybody may know it: whom it stands for and what it allows. Its secrets are not in it, only what they are recognised by.</summary>
internal sealed record ApiKey
{
    /// <summary>The id of the key that <c>TFT_API_KEY</c> gives; its name too.</summary>
    public const string EnvironmentId = "environment";

    /// <summary>How long before its end a key counts as expiring.</summary>
    public static readonly TimeSpan ExpiringWithin = TimeSpan.FromDays(14);

    /// <summary>Its public id, 8 letters and digits, the first part of the key after <c>tft_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it; unique among the keys that are not revoked.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows.</summary>
    public required ApiScopes Scopes { get; init; }

    /// <summary>It feeds only servers whose names begin so; null where it feeds any.</summary>
    public string? ServerPrefix { get; init; }

    /// <summary>Networks that it may be used from; empty where any.</summary>
    public ImmutableArray<IPNetwork> Networks { get; init; } = [];

    /// <summary>Its own limit of feed requests a minute; null where the general one holds.</summary>
    public int? FeedPerMinute { get; init; }

    /// <summary>Its own limit of read requests a minute and path; null where the general one holds.</summary>
    public int? ReadPerMinute { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it, as the audit names people and programs.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it stops working; null: never, as the environment's.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Its secrets, the newest first. Those that have ended are kept, so that their use is recognised.</summary>
    public ImmutableArray<KeySecret> Secrets { get; init; } = [];

    /// <summary>The secret before the newest while both work; null while only one does.</summary>
    public KeySecret? OldSecretAt(DateTimeOffset now) => Secrets.Length > 1 && Secrets[1].EndsAt > now ? Secrets[1] : null;

    /// <summary>What has become of it.</summary>
    public KeyState StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? KeyState.Revoked
        : ExpiresAt <= now ? KeyState.Expired
        : OldSecretAt(now) is not null ? KeyState.Rotating
        : ExpiresAt - now <= ExpiringWithin ? KeyState.Expiring
        : KeyState.Active;

    /// <summary>Whether it may be used from an address.</summary>
    public bool Allows(IPAddress? address)
    {
        if (Networks.IsEmpty) return true;
        if (address is null) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in Networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }
}

/// <summary>What has become of a key.</summary>
public enum KeyState
{
    Active,

    /// <summary>Works, for at most 14 more days.</summary>
    Expiring,

    /// <summary>Works with its new secret and, for a while, with the one before.</summary>
    Rotating,

    /// <summary>Was ended by somebody.</summary>
    Revoked,

    /// <summary>Its time is over.</summary>
    Expired,
}

/// <summary>One secret of a key: what it is recognised by, never itself.</summary>
/// <param name="Number">1 for a key's first secret, one more with each rotation.</param>
/// <param name="Digest">HMAC-SHA256 of the whole key with the pepper, 32 bytes.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="EndsAt">When it stops working since another took its place; null while none did.</param>
internal sealed record KeySecret(int Number, ImmutableArray<byte> Digest, DateTimeOffset IssuedAt, DateTimeOffset? EndsAt);
