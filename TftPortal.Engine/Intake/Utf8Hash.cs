using System.Runtime.InteropServices;

namespace TftPortal.Engine.Intake;

/// <summary>A quick 64-bit hash of short UTF-8 texts: eight bytes at a time, for tables that compare afterwards or may err on the safe side.</summary>
internal static class Utf8Hash
{
    private const ulong Prime = 0x9E3779B97F4A7C15; // 2^64 / golden ratio

    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * Prime;
        while (text.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text));
            text = text[8..];
        }

        ulong tail = 0;
        foreach (var letter in text) tail = (tail << 8) | letter;
        return Mix(hash ^ tail);
    }

    private static ulong Mix(ulong value)
    {
        value *= Prime;
        return value ^ (value >> 29);
    }
}
