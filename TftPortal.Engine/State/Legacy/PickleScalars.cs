using System.Text;

namespace TftPortal.Engine.State.Legacy;

/// <summary>The opcodes that push one scalar, in the binary and in the text forms.</summary>
internal sealed class PickleScalars(PickleInput input)
{
    private const string Number = "a number";
    private const string Text = "a string";

    /// <summary>The value of an opcode that pushes a scalar; false where it is another.</summary>
    public bool TryRead(PickleOpcode opcode, out PickleValue value)
    {
        value = default;
        switch (opcode)
        {
            case PickleOpcode.NONE: return true;
            case PickleOpcode.NEWTRUE: value = PickleValue.Of(true); return true;
            case PickleOpcode.NEWFALSE: value = PickleValue.Of(false); return true;
            case PickleOpcode.BININT: value = PickleValue.Of((long)input.Int32()); return true;
            case PickleOpcode.BININT1: value = PickleValue.Of((long)input.Byte()); return true;
            case PickleOpcode.BININT2: value = PickleValue.Of((long)input.UInt16()); return true;
            case PickleOpcode.BINFLOAT: value = PickleValue.Of(input.Double()); return true;
            case PickleOpcode.LONG1: value = Binary(input.Byte()); return true;
            case PickleOpcode.LONG4: value = Binary(Length()); return true;
            case PickleOpcode.INT: value = Int(); return true;
            case PickleOpcode.LONG: value = Long(); return true;
            case PickleOpcode.FLOAT: value = Float(); return true;
            case PickleOpcode.STRING: value = Line(quoted: true); return true;
            case PickleOpcode.UNICODE: value = Line(quoted: false); return true;
            case PickleOpcode.BINSTRING: value = Latin1(Length()); return true;
            case PickleOpcode.SHORT_BINSTRING: value = Latin1(input.Byte()); return true;
            case PickleOpcode.SHORT_BINUNICODE: value = Utf8(input.Byte()); return true;
            case PickleOpcode.BINUNICODE: value = Utf8(input.UInt32()); return true;
            case PickleOpcode.BINUNICODE8: value = Utf8(input.UInt64()); return true;
            case PickleOpcode.SHORT_BINBYTES: value = Bytes(input.Byte()); return true;
            case PickleOpcode.BINBYTES: value = Bytes(input.UInt32()); return true;
            case PickleOpcode.BINBYTES8 or PickleOpcode.BYTEARRAY8: value = Bytes(input.UInt64()); return true;
            default: return false;
        }
    }

    /// <summary>A memo's index in the text form.</summary>
    public long Index() => PickleText.TryIndex(input.Line(PickleLimits.Digits, Number), out var index) ? index : throw Malformed("not an index");

    private PickleValue Int()
    {
        var line = input.Line(PickleLimits.Digits + 1, Number); // and a sign
        if (line.SequenceEqual("00"u8)) return PickleValue.Of(false);
        if (line.SequenceEqual("01"u8)) return PickleValue.Of(true);
        return PickleText.TryInteger(line, out var value) ? value : throw Malformed("not an integer");
    }

    private PickleValue Long()
    {
        var line = input.Line(PickleLimits.Digits + 2, Number); // and a sign and an L
        if (line is [.., (byte)'L']) line = line[..^1];
        return PickleText.TryInteger(line, out var value) ? value : throw Malformed("not an integer");
    }

    private PickleValue Float() =>
        PickleText.TryReal(input.Line(PickleLimits.Digits, Number), out var value) ? PickleValue.Of(value) : throw Malformed("not a number");

    private PickleValue Binary(uint length) => PickleText.Integer(input.Take(length, PickleLimits.IntegerBytes, "an integer"));

    private PickleValue Line(bool quoted)
    {
        var line = input.Line(PickleLimits.LineBytes, Text);
        string text;
        if (!(quoted ? PickleText.TryQuoted(line, out text) : PickleText.TryRawUnicode(line, out text))) throw Malformed("not a string as Python writes it");
        if (line.Length > PickleLimits.StringBytes && Encoding.UTF8.GetByteCount(text) > PickleLimits.StringBytes)
            throw input.Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"a string of more than {PickleLimits.StringBytes:N0} bytes"));
        return PickleValue.Of(text);
    }

    private PickleValue Latin1(uint length) => PickleValue.Of(PickleText.Latin1(input.Take(length, PickleLimits.StringBytes, Text)));

    private PickleValue Utf8(ulong length) =>
        PickleText.TryUtf8(input.Take(length, PickleLimits.StringBytes, Text), out var text) ? PickleValue.Of(text) : throw Malformed("a string that is not UTF-8");

    private PickleValue Bytes(ulong length)
    {
        input.Take(length, PickleLimits.StringBytes, "bytes");
        return PickleValue.Bytes;
    }

    private uint Length() => input.Int32() is var length and >= 0 ? (uint)length : throw Malformed("a negative length");

    private LegacyRefusedException Malformed(string reason) => input.Refuse(LegacyRefusal.Malformed, reason);
}
