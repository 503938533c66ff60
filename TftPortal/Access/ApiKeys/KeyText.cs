using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TftPortal.Access.ApiKeys;

/// <summary>
/// How a key is written: <c>tft_&lt;8 id&gt;_&lt;43 secret&gt;&lt;6 checksum&gt;</c>, letters and digits only, so that a double click selects it, and the prefix tells scanners of leaked
/// secrets whose it is. The secret has 43 letters of 62: 256 bits. The checksum is CRC-32 of all before it, in base 62: a mistyped key is told from a wrong one without looking for it.
/// </summary>
internal static class KeyText
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "tft_";

    /// <summary>The length of an id.</summary>
    public const int IdLength = 8;

    /// <summary>The length of a whole key.</summary>
    public const int Length = 62;

    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int SecretStart = 13; // after "tft_", the id and "_"
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>A new id.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(Alphabet, IdLength);

    /// <summary>A new key with an id.</summary>
    public static string New(string id)
    {
        var start = $"{Prefix}{id}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(start, checksum);
        return $"{start}{checksum}";
    }

    /// <summary>Tells whether a text is written as a key of ours.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="id">The key's public id.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> id)
    {
        id = default;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[SecretStart - 1] != '_') return false;
        if (text[Prefix.Length..(SecretStart - 1)].ContainsAnyExcept(Letters) || text[SecretStart..].ContainsAnyExcept(Letters)) return false;
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(text[..^ChecksumLength], checksum);
        if (!text[^ChecksumLength..].SequenceEqual(checksum)) return false;
        id = text.Slice(Prefix.Length, IdLength);
        return true;
    }

    private static void WriteChecksum(ReadOnlySpan<char> start, Span<char> checksum)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var crc = Crc32(bytes[..Encoding.ASCII.GetBytes(start, bytes)]);
        for (var i = checksum.Length - 1; i >= 0; i--, crc /= 62) checksum[i] = Alphabet[(int)(crc % 62)];
    }

    // CRC-32 as in zip and PNG (polynomial 0xEDB88320).
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
        }

        return ~crc;
    }
}
