using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace TftPortal.Access.ApiKeys;

/// <summary>The keys of the database as they stood at one moment. Immutable.</summary>
internal sealed class KeyBunch
{
    private readonly Pepper? pepper;
    private readonly FrozenDictionary<string, HeldKey> byId;

    public KeyBunch(Pepper? pepper, ImmutableArray<HeldKey> keys)
    {
        this.pepper = pepper;
        Keys = keys;
        byId = keys.ToFrozenDictionary(held => held.Key.Id, StringComparer.Ordinal);
    }

    /// <summary>No keys.</summary>
    public static KeyBunch None { get; } = new(null, []);

    public ImmutableArray<HeldKey> Keys { get; }

    public int Count => Keys.Length;

    public HeldKey? Get(string id) => byId.GetValueOrDefault(id);

    /// <summary>The key and the secret that were sent; nulls where they are none of these.</summary>
    public (HeldKey? Held, KeySecret? Secret) Find(ReadOnlySpan<char> sent)
    {
        if (pepper is null || !KeyText.TryRead(sent, out var id) || !byId.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var held)) return default;
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        pepper.Digest(sent, digest);
        KeySecret? found = null;
        foreach (var secret in held.Key.Secrets)
        {
            if (CryptographicOperations.FixedTimeEquals(digest, secret.Digest.AsSpan())) found = secret;
        }

        return found is null ? default : (held, found);
    }
}
