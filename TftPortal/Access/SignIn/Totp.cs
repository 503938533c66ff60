using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TftPortal.Access.SignIn;

/// <summary>Codes of six digits that change every 30 seconds, as every authenticator app makes them (RFC 6238, HMAC-SHA-1).</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>A new secret, 160 bits.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The step that a moment is in.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
#pragma warning disable CA5350 // HMAC-SHA-1 is what RFC 6238 has and the apps know; it is not broken as a MAC.
    public static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(secret, counter, hash);
        var number = (BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[19] & 15)..]) & 0x7FFF_FFFF) % 1_000_000;
        return number.ToString("000000", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    /// <summary>The step whose code this is: now's, or a neighbour's for a clock that is a little off; null where it is none's.</summary>
    public static long? Match(byte[] secret, string code, DateTimeOffset now)
    {
        long? found = null;
        var sent = System.Text.Encoding.UTF8.GetBytes(code);
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(CodeAt(secret, step)), sent)) found = step;
        }

        return found;
    }

    /// <summary>Bytes as people type them, RFC 4648 without padding; the number of bits must divide by five.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder(bytes.Length * 8 / 5);
        int held = 0, bits = 0;
        foreach (var next in bytes)
        {
            held = ((held << 8) | next) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(held >> (bits - 5)) & 31]);
        }

        return text.ToString();
    }
}
