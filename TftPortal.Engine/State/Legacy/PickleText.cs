using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace TftPortal.Engine.State.Legacy;

/// <summary>Reads the numbers and strings of a pickle. Strict: what Python's own writers never wrote is not read, however kind Python's reader is.</summary>
internal static class PickleText
{
    /// <summary>UTF-8; a surrogate or an overlong form is none.</summary>
    public static bool TryUtf8(ReadOnlySpan<byte> bytes, out string text)
    {
        var valid = Utf8.IsValid(bytes);
        text = valid ? Encoding.UTF8.GetString(bytes) : "";
        return valid;
    }

    /// <summary>The 8-bit strings of Python 2, read as Latin-1: what pickle.loads(encoding="latin1") gives.</summary>
    public static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A decimal integer: <c>0</c>, or digits without a zero in front, <c>-</c> before them or not.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> line, out PickleScalar value)
    {
        value = default;
        var digits = line is [(byte)'-', ..] ? line[1..] : line;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (digits[0] == '0' && line.Length > 1) return false;
        value = Utf8Parser.TryParse(line, out long small, out var used) && used == line.Length ? PickleScalar.Of(small) : PickleScalar.HugeInteger;
        return true;
    }

    /// <summary>A binary integer: little-endian two's complement of any length, minimal or not; none at all is 0.</summary>
    public static PickleScalar Integer(ReadOnlySpan<byte> bytes)
    {
        var number = new BigInteger(bytes);
        return number >= long.MinValue && number <= long.MaxValue ? PickleScalar.Of((long)number) : PickleScalar.HugeInteger;
    }

    /// <summary>A decimal number as Python's repr writes it, nan and inf included.</summary>
    public static bool TryReal(ReadOnlySpan<byte> line, out double value)
    {
        value = line switch
        {
            [(byte)'n', (byte)'a', (byte)'n'] => double.NaN,
            [(byte)'i', (byte)'n', (byte)'f'] => double.PositiveInfinity,
            [(byte)'-', (byte)'i', (byte)'n', (byte)'f'] => double.NegativeInfinity,
            _ => 0,
        };
        if (value != 0) return true;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return !line.IsEmpty && (char.IsAsciiDigit((char)line[0]) || line[0] == '-') && char.IsAsciiDigit((char)line[^1])
            && double.TryParse(line, Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A string as Python 2's repr writes it, quotes and escapes included; its bytes are read as Latin-1.</summary>
    public static bool TryQuoted(ReadOnlySpan<byte> line, out string text)
    {
        text = "";
        if (line.Length < 2 || line[0] is not ((byte)'\'' or (byte)'"') || line[^1] != line[0]) return false;
        var quote = line[0];
        var inside = line[1..^1];
        var letters = new StringBuilder(inside.Length);
        for (var i = 0; i < inside.Length; i++)
        {
            var letter = inside[i];
            if (letter == quote) return false;
            if (letter != '\\') letters.Append((char)letter);
            else if (TryEscape(inside, ref i, out var escaped)) letters.Append(escaped);
            else return false;
        }

        text = letters.ToString();
        return true;
    }

    /// <summary>A string of Python's codec raw-unicode-escape: Latin-1 with <c>\uxxxx</c> and <c>\Uxxxxxxxx</c>; any other backslash is itself.</summary>
    public static bool TryRawUnicode(ReadOnlySpan<byte> line, out string text)
    {
        text = "";
        if (!line.Contains((byte)'\\'))
        {
            text = Latin1(line);
            return true;
        }

        var letters = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            letters.Append((char)line[i]);
            if (line[i] != '\\' || ++i == line.Length) continue;
            var digits = line[i] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
            if (digits == 0)
            {
                letters.Append((char)line[i]); // of two backslashes the second begins no escape
                continue;
            }

            if (i + digits >= line.Length || !TryHex(line.Slice(i + 1, digits), out var code) || !Rune.TryCreate(code, out var rune)) return false;
            letters.Length--;
            letters.Append(rune);
            i += digits;
        }

        text = letters.ToString();
        return true;
    }

    /// <summary>The index of a memo entry in decimal.</summary>
    public static bool TryIndex(ReadOnlySpan<byte> line, out long index)
    {
        index = 0;
        return TryInteger(line, out var value) && value.Kind == PickleKind.Integer && (index = value.Bits) >= 0;
    }

    /// <summary>A name for a message: everything but letters, digits, <c>_</c> and <c>.</c> is escaped, so that no name can forge a line of the log or hide in it.</summary>
    public static string Shown(string name)
    {
        var shown = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '.')) shown.Append(rune);
            else if (rune.Value < 0x100) shown.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
            else if (rune.IsBmp) shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else shown.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
        }

        return shown.ToString();
    }

    /// <summary>The bytes of a name; those that are not UTF-8 as <c>\xff</c>, as Python's backslashreplace writes them.</summary>
    public static string Name(ReadOnlySpan<byte> bytes)
    {
        if (TryUtf8(bytes, out var text)) return text;
        var name = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done) name.Append(rune);
            else foreach (var wrong in bytes[..length]) name.Append(CultureInfo.InvariantCulture, $"\\x{wrong:x2}");
            bytes = bytes[length..];
        }

        return name.ToString();
    }

    private static bool TryEscape(ReadOnlySpan<byte> text, ref int at, out char letter)
    {
        letter = '\0';
        if (++at == text.Length) return false;
        switch (text[at])
        {
            case (byte)'\\' or (byte)'\'' or (byte)'"': letter = (char)text[at]; return true;
            case (byte)'a': letter = '\a'; return true;
            case (byte)'b': letter = '\b'; return true;
            case (byte)'f': letter = '\f'; return true;
            case (byte)'n': letter = '\n'; return true;
            case (byte)'r': letter = '\r'; return true;
            case (byte)'t': letter = '\t'; return true;
            case (byte)'v': letter = '\v'; return true;
            case (byte)'x':
                if (at + 2 >= text.Length || !TryHex(text.Slice(at + 1, 2), out var code)) return false;
                letter = (char)code;
                at += 2;
                return true;
            default: return false;
        }
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out uint value) =>
        Utf8Parser.TryParse(digits, out value, out var used, 'x') && used == digits.Length;
}
