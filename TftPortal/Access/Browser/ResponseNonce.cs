using System.Security.Cryptography;

namespace TftPortal.Access.Browser;

/// <summary>The number used once: scripts and styles of a page run only with the one that its own answer's policy names.</summary>
internal static class ResponseNonce
{
    private const int Bytes = 16; // 128 bits, as CSP asks for
    private static readonly object Place = new();

    /// <summary>The nonce of the answer to this request; made when it is first asked for, and the same ever after.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Place, out var made)) return (string)made!;
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        http.Items[Place] = nonce;
        return nonce;
    }
}
