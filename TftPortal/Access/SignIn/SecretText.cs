using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TftPortal.Access.SignIn;

/// <summary>Random texts that open something, of which only digests are kept. 256 bits need no slow hash: they can't be guessed.</summary>
internal static class SecretText
{
    /// <summary>43 characters that fit cookies and addresses.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of it.</summary>
    public static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
