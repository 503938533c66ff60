using System.Security.Cryptography;

namespace TftPortal.Notifications.Channels;

/// <summary>What a webhook is signed with, in the form of Standard Webhooks (standardwebhooks.com): <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const string Allowed = "allowed is whsec_ and 24 to 64 random bytes in base64, as this prints: echo \"whsec_$(openssl rand -base64 32)\"";

    /// <summary>A new one, of 32 random bytes.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static bool IsOne(string? text) => KeyOf(text) is { Length: >= 24 and <= 64 };

    /// <summary>The bytes that are signed with; null where it is none.</summary>
    public static byte[]? KeyOf(string? text)
    {
        if (text is null || text.Length > 200 || !text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[200];
        return Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) ? bytes[..length] : null;
    }
}
