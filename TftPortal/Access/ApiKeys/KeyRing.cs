using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.ApiKeys;

/// <summary>The keys that open the API. Knows the one of the environment.</summary>
internal sealed class KeyRing
{
    /// <summary>The name of the key that <c>TFT_API_KEY</c> gives.</summary>
    public const string EnvironmentName = "environment";

    private static readonly ApiKey Environment = new(EnvironmentName, ApiScopes.Feed | ApiScopes.Read);
    private readonly byte[]? digest;

    public KeyRing(IOptions<AccessOptions> options)
    {
        var key = options.Value.ApiKey.Trim();
        if (key.Length > 0) digest = Digest(key);
    }

    /// <summary>Whether no key is configured.</summary>
    public bool IsEmpty => digest is null;

    /// <summary>The key that was sent, or null where it is none of ours. Takes as long for a wrong key as for a right one: digests are compared, in fixed time.</summary>
    public ApiKey? Find(string sent) => digest is not null && CryptographicOperations.FixedTimeEquals(Digest(sent), digest) ? Environment : null;

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
