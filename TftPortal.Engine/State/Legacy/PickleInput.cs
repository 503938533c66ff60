using System.Buffers.Binary;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// The bytes of a pickle, and where its reading stands. A frame (protocol 4) is taken at its word: an opcode must end where it ends or before;
/// readers that disagree on that read two different pickles from the same bytes.
/// </summary>
internal sealed class PickleInput(byte[] bytes)
{
    private int position;
    private int end = bytes.Length;
    private bool inFrame;

    /// <summary>The opcode at hand.</summary>
    public PickleOpcode Opcode { get; private set; }

    /// <summary>Where the opcode at hand stands.</summary>
    public int Offset { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public int Position => position;

    /// <summary>How many bytes there are.</summary>
    public int Length => bytes.Length;

    /// <summary>Goes to the next opcode.</summary>
    public PickleOpcode Next()
    {
        if (inFrame && position == end) (inFrame, end) = (false, bytes.Length);
        Offset = position;
        if (position == end) throw new LegacyRefusedException(LegacyRefusal.Malformed, $"The pickle is cut off: it ends at byte {position} without STOP");
        return Opcode = (PickleOpcode)bytes[position++];
    }

    /// <summary>Goes to an opcode that was read before, and reads it; frames were checked then.</summary>
    public PickleOpcode MoveTo(int place)
    {
        (position, end, inFrame) = (place, bytes.Length, false);
        return Next();
    }

    /// <summary>The bytes that were read last.</summary>
    public ReadOnlyMemory<byte> Last(int length) => bytes.AsMemory(position - length, length);

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>So many bytes, if they are there: what a pickle says of its lengths is compared and never allocated.</summary>
    public ReadOnlySpan<byte> Take(ulong length, int limit, string what)
    {
        if (length > (ulong)(end - position)) throw CutOff();
        if (length > (ulong)limit) throw Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"{what} of {length:N0} bytes; {limit:N0} are read"));
        return Take((int)length);
    }

    /// <summary>A line of the text protocol, without its end.</summary>
    public ReadOnlySpan<byte> Line(int limit, string what)
    {
        var rest = bytes.AsSpan(position, end - position);
        var length = rest[..Math.Min(rest.Length, limit + 1)].IndexOf((byte)'\n');
        if (length < 0) throw rest.Length > limit ? Refuse(LegacyRefusal.Limit, FormattableString.Invariant($"{what} of more than {limit:N0} bytes")) : CutOff();
        position += length + 1;
        return rest[..length];
    }

    /// <summary>Begins a frame.</summary>
    public void Frame()
    {
        var length = UInt64();
        if (inFrame) throw Refuse(LegacyRefusal.Malformed, "a frame inside a frame");
        if (length > (ulong)(bytes.Length - position)) throw Refuse(LegacyRefusal.Malformed, FormattableString.Invariant($"a frame of {length:N0} bytes, but {bytes.Length - position:N0} are left"));
        (inFrame, end) = (true, position + (int)length);
    }

    /// <summary>A refusal of the opcode at hand.</summary>
    public LegacyRefusedException Refuse(LegacyRefusal kind, string reason) => new(kind, Opcode, Offset, reason);

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > end - position) throw CutOff();
        var taken = bytes.AsSpan(position, length);
        position += length;
        return taken;
    }

    private LegacyRefusedException CutOff() =>
        Refuse(LegacyRefusal.Malformed, inFrame ? $"its argument crosses the end of its frame at byte {end}" : $"the pickle is cut off, it ends at byte {end}");
}
