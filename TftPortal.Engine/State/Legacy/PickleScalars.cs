using System.Text;

namespace TftPortal.Engine.State.Legacy;

/// <summary>The opcodes that push one scalar, in the binary and in the text forms.</summary>
internal sealed class PickleScalars(PickleInput input)
{
    private const string Number = "a number";
    private const string Text = "a string";
    private ReadOnlyMemory<byte> utf8;
    private byte[] transcoded = [];

    /// <summary>Whether texts are made; else they are checked only, and <see cref="Utf8"/> has their bytes.</summary>
    public bool KeepsTexts { get; init; }

    /// <summary>The bytes of the text that was read last, until the next is.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8.Span;

    /// <summary>Reads a scalar that was read before.</summary>
    /// <param name="place">Where its opcode stands.</param>
    public PickleScalar At(int place) => TryRead(input.MoveTo(place), out var value) ? value : default;

    /// <summary>The bytes of a text that was read before.</summary>
    public ReadOnlySpan<byte> Utf8At(int place)
    {
        At(place);
        return Utf8;
    }

    /// <summary>The value of an opcode that pushes a scalar; false where it is another.</summary>
    public bool TryRead(PickleOpcode opcode, out PickleScalar value)
    {
        value = default;
        switch (opcode)
        {
            case PickleOpcode.NONE: return true;
            case PickleOpcode.NEWTRUE: value = PickleScalar.Of(true); return true;
            case PickleOpcode.NEWFALSE: value = PickleScalar.Of(false); return true;
            case PickleOpcode.BININT: value = PickleScalar.Of((long)input.Int32()); return true;
            case PickleOpcode.BININT1: value = PickleScalar.Of((long)input.Byte()); return true;
            case PickleOpcode.BININT2: value = PickleScalar.Of((long)input.UInt16()); return true;
            case PickleOpcode.BINFLOAT: value = PickleScalar.Of(input.Double()); return true;
            case PickleOpcode.LONG1: value = Binary(input.Byte()); return true;
            case PickleOpcode.LONG4: value = Binary(Length()); return true;
            case PickleOpcode.INT: value = Int(); return true;
            case PickleOpcode.LONG: value = Long(); return true;
            case PickleOpcode.FLOAT: value = Float(); return true;
            case PickleOpcode.STRING: value = Line(quoted: true); return true;
            case PickleOpcode.UNICODE: value = Line(quoted: false); return true;
            case PickleOpcode.BINSTRING: value = Latin1(Length()); return true;
            case PickleOpcode.SHORT_BINSTRING: value = Latin1(input.Byte()); return true;
            case PickleOpcode.SHORT_BINUNICODE: value = Unicode(input.Byte()); return true;
            case PickleOpcode.BINUNICODE: value = Unicode(input.UInt32()); return true;
            case PickleOpcode.BINUNICODE8: value = Unicode(input.UInt64()); return true;
            case PickleOpcode.SHORT_BINBYTES: value = Bytes(input.Byte()); return true;
            case PickleOpcode.BINBYTES: value = Bytes(input.UInt32()); return true;
            case PickleOpcode.BINBYTES8 or PickleOpcode.BYTEARRAY8: value = Bytes(input.UInt64()); return true;
            default: return false;
        }
    }

    /// <summary>A memo's index in the text form.</summary>
    public long Index() => PickleText.TryIndex(input.Line(PickleLimits.Digits, Number), out var index) ? index : throw Malformed("not an index");

    private PickleScalar Int()
    {
        var line = input.Line(PickleLimits.Digits + 1, Number); // and a sign
        if (line.SequenceEqual("00"u8)) return PickleScalar.Of(false);
        return line.SequenceEqual("01"u8) ? PickleScalar.Of(true) : Decimal(line);
    }

    private PickleScalar Long()
    {
        var line = input.Line(PickleLimits.Digits + 2, Number); // and a sign and an L
        return Decimal(line is [.., (byte)'L'] ? line[..^1] : line);
    }

    private PickleScalar Decimal(ReadOnlySpan<byte> line)
    {
        if (line.TrimStart((byte)'-').Length > PickleLimits.Digits) throw input.Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"{Number} of more than {PickleLimits.Digits:N0} digits"));
        return PickleText.TryInteger(line, out var value) ? value : throw Malformed("not an integer");
    }

    private PickleScalar Float() =>
        PickleText.TryReal(input.Line(PickleLimits.Digits, Number), out var value) ? PickleScalar.Of(value) : throw Malformed("not a number");

    private PickleScalar Binary(uint length) => PickleText.Integer(input.Take(length, PickleLimits.IntegerBytes, "an integer"));

    private PickleScalar Line(bool quoted)
    {
        var line = input.Line(PickleLimits.LineBytes, Text);
        string text;
        if (!(quoted ? PickleText.TryQuoted(line, out text) : PickleText.TryRawUnicode(line, out text))) throw Malformed("not a string as Python writes it");
        if (line.Length > PickleLimits.StringBytes && Encoding.UTF8.GetByteCount(text) > PickleLimits.StringBytes)
            throw input.Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"a string of more than {PickleLimits.StringBytes:N0} bytes"));
        utf8 = text.Length == line.Length && Ascii.IsValid(text) ? input.Last(line.Length + 1)[..line.Length] : Encoding.UTF8.GetBytes(text);
        return PickleScalar.Of(text);
    }

    private PickleScalar Latin1(uint length)
    {
        var letters = input.Take(length, PickleLimits.StringBytes, Text);
        utf8 = Ascii.IsValid(letters) ? input.Last(letters.Length) : Transcoded(letters);
        return PickleScalar.Of(KeepsTexts ? PickleText.Latin1(letters) : "");
    }

    // Into one buffer, and no text in between: a pickle may hold 64 MiB of such letters.
    private ReadOnlyMemory<byte> Transcoded(ReadOnlySpan<byte> letters)
    {
        if (transcoded.Length < letters.Length * 2) transcoded = new byte[letters.Length * 2];
        var length = 0;
        foreach (var letter in letters)
        {
            if (letter >= 0x80) transcoded[length++] = (byte)(0xC0 | (letter >> 6));
            transcoded[length++] = letter < 0x80 ? letter : (byte)(0x80 | (letter & 0x3F));
        }

        return transcoded.AsMemory(0, length);
    }

    private PickleScalar Unicode(ulong length)
    {
        var letters = input.Take(length, PickleLimits.StringBytes, Text);
        if (!System.Text.Unicode.Utf8.IsValid(letters)) throw Malformed("a string that is not UTF-8");
        utf8 = input.Last(letters.Length);
        return PickleScalar.Of(KeepsTexts ? Encoding.UTF8.GetString(letters) : "");
    }

    private PickleScalar Bytes(ulong length)
    {
        input.Take(length, PickleLimits.StringBytes, "bytes");
        return PickleScalar.Bytes;
    }

    private uint Length() => input.Int32() is var length and >= 0 ? (uint)length : throw Malformed("a negative length");

    private LegacyRefusedException Malformed(string reason) => input.Refuse(LegacyRefusal.Malformed, reason);
}
