using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.ApiKeys;

/// <summary>
/// The keys that open the API, in memory: the environment's, and those of the database. What hangs on the ring never changes; <see cref="KeyStore"/>, its one writer,
/// hangs another bunch in its place. Finding a key reads no database and allocates nothing.
/// </summary>
internal sealed class KeyRing
{
    private static readonly ApiKey EnvironmentKey = new()
    {
        Id = ApiKey.EnvironmentId,
        Name = ApiKey.EnvironmentId,
        Scopes = ApiScopes.Feed | ApiScopes.Read,
        CreatedAt = default,
        CreatedBy = "TFT_API_KEY",
    };

    private readonly TimeProvider clock;
    private readonly HeldKey? environment;
    private readonly byte[] environmentDigest = new byte[SHA256.HashSizeInBytes];
    private volatile KeyBunch bunch = KeyBunch.None;

    public KeyRing(IOptions<AccessOptions> options, TimeProvider clock)
    {
        this.clock = clock;
        var key = options.Value.ApiKey.Trim();
        if (key.Length == 0) return;
        Digest(key, environmentDigest);
        environment = new(EnvironmentKey, new());
    }

    /// <summary>Whether no key was ever configured: one that was revoked or has expired counts, so that the door does not open again by itself.</summary>
    public bool IsEmpty => environment is null && bunch.Count == 0;

    /// <summary>Every key with its use, the environment's first, then the oldest.</summary>
    public IEnumerable<HeldKey> Keys => environment is null ? bunch.Keys : [environment, .. bunch.Keys];

    /// <summary>The key of an id, or null.</summary>
    public HeldKey? Get(string id) => id == ApiKey.EnvironmentId ? environment : bunch.Get(id);

    /// <summary>Recognises what was sent. Digests are compared in fixed time.</summary>
    /// <param name="sent">What stood in the header.</param>
    /// <param name="from">The sender's address.</param>
    public KeyMatch Find(ReadOnlySpan<char> sent, IPAddress? from)
    {
        if (bunch.Find(sent) is (not null, not null) known) return new(known.Held, known.Secret.Number, Judge(known.Held.Key, known.Secret, from));
        if (environment is null) return default;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Digest(sent, digest);
        return CryptographicOperations.FixedTimeEquals(digest, environmentDigest) ? new(environment, 1, KeyRefusal.None) : default;
    }

    /// <summary>Hangs other keys in the place of those before.</summary>
    public void Hang(KeyBunch keys) => bunch = keys;

    private KeyRefusal Judge(ApiKey key, KeySecret secret, IPAddress? from)
    {
        var now = clock.GetUtcNow();
        return key.RevokedAt is not null ? KeyRefusal.Revoked
            : key.ExpiresAt <= now ? KeyRefusal.Expired
            : secret.EndsAt <= now ? KeyRefusal.Rotated
            : !key.Allows(from) ? KeyRefusal.Network
            : KeyRefusal.None;
    }

    private static void Digest(ReadOnlySpan<char> key, Span<byte> digest)
    {
        var size = Encoding.UTF8.GetMaxByteCount(key.Length);
        var utf8 = size <= 1024 ? stackalloc byte[1024] : new byte[size];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(key, utf8)], digest);
    }
}

/// <summary>A key on the ring, and its use, which lives on when the bunch is exchanged.</summary>
/// <param name="Key">The key.</param>
/// <param name="Use">What is counted of it.</param>
internal sealed record HeldKey(ApiKey Key, KeyUse Use)
{
    /// <summary>Whom its requests are counted for by the limits.</summary>
    public string Client { get; } = $"key:{Key.Id}";
}

/// <summary>What was found for what was sent.</summary>
/// <param name="Held">The key; null where it is none of ours.</param>
/// <param name="Secret">The number of the secret that was sent.</param>
/// <param name="Refusal">Why it doesn't open all the same.</param>
internal readonly record struct KeyMatch(HeldKey? Held, int Secret, KeyRefusal Refusal)
{
    /// <summary>Whether it opens, as far as scopes and limits let it.</summary>
    public bool Opens => Held is not null && Refusal == KeyRefusal.None;
}

/// <summary>Why a request with a key of ours is refused.</summary>
internal enum KeyRefusal
{
    None,
    Revoked,
    Expired,

    /// <summary>Another secret took this one's place, and its grace is over.</summary>
    Rotated,

    /// <summary>It may not be used from there.</summary>
    Network,

    /// <summary>It doesn't allow that.</summary>
    Scope,

    /// <summary>It was used too often.</summary>
    Limit,

    /// <summary>It stood in the address.</summary>
    Address,
}
