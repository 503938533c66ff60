using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>
/// A batch as the journal keeps it. All numbers little-endian; "varint" is LEB128, seven bits a byte, the low ones first.
/// <code>
/// u8 format (1)   u8 flags (1 = simulated)   i64 when it came in, milliseconds since 1970 UTC   varint readings
/// of each reading:
///   varint name: 0 = a new one follows as varint length and UTF-8; n = the n-th new one of this batch
///   varint time, as zigzag of (when it came in − when it was taken), milliseconds
///   u8 profile   u8 status   u16 mask, bit m set where metric m is there   f32 each of those, in order
/// </code>
/// </summary>
internal static class BatchCodec
{
    private const byte Format = 1;
    private const byte Simulated = 1;

    /// <summary>Writes a batch.</summary>
    public static void Write(IBufferWriter<byte> output, ReadingBatch batch, long receivedAt)
    {
        var head = output.GetSpan(10);
        (head[0], head[1]) = (Format, batch.IsSimulated ? Simulated : (byte)0);
        BinaryPrimitives.WriteInt64LittleEndian(head[2..], receivedAt);
        output.Advance(10);
        Varint(output, (ulong)batch.Count);
        var names = new Dictionary<string, uint>(StringComparer.Ordinal);
        for (var index = 0; index < batch.Count; index++)
        {
            Name(output, names, batch.Server(index));
            var age = receivedAt - batch.UnixMilliseconds(index);
            Varint(output, (ulong)((age << 1) ^ (age >> 63)));
            Values(output, batch, index);
        }
    }

    /// <summary>Reads a batch back.</summary>
    /// <param name="input">What <see cref="Write"/> wrote.</param>
    /// <param name="receivedAt">When it came in, milliseconds since 1970 UTC.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ReadingBatch Read(ReadOnlySpan<byte> input, out long receivedAt)
    {
        if (Take(ref input, 1)[0] != Format) throw new InvalidDataException("The batch is of a format that this version does not know.");
        var flags = Take(ref input, 1)[0];
        receivedAt = BinaryPrimitives.ReadInt64LittleEndian(Take(ref input, 8));
        var count = Varint(ref input);
        if (count > (ulong)input.Length) throw Short();
        var batch = new ReadingBatch((int)count) { IsSimulated = (flags & Simulated) != 0 };
        List<string> names = [];
        Span<float> values = stackalloc float[MetricCatalog.Count];
        for (ulong index = 0; index < count; index++)
        {
            var name = Name(ref input, names);
            var age = Varint(ref input);
            var time = receivedAt - ((long)(age >> 1) ^ -(long)(age & 1));
            var (profile, status) = (Take(ref input, 1)[0], Take(ref input, 1)[0]);
            if (profile >= WireNames.Profiles.Length || status >= WireNames.Statuses.Length) throw new InvalidDataException("The batch names a profile or a status that there is not.");
            Values(ref input, values);
            batch.Add(name, time, (ServerProfile)profile, (ServerStatus)status, values);
        }

        return input.IsEmpty ? batch : throw new InvalidDataException("The batch has bytes behind its end.");
    }

    private static void Name(IBufferWriter<byte> output, Dictionary<string, uint> names, string name)
    {
        if (names.TryGetValue(name, out var known))
        {
            Varint(output, known);
            return;
        }

        names.Add(name, (uint)names.Count + 1);
        Varint(output, 0);
        var length = Encoding.UTF8.GetByteCount(name);
        Varint(output, (ulong)length);
        Encoding.UTF8.GetBytes(name, output.GetSpan(length));
        output.Advance(length);
    }

    private static string Name(ref ReadOnlySpan<byte> input, List<string> names)
    {
        var reference = Varint(ref input);
        if (reference > (ulong)names.Count) throw new InvalidDataException("The batch refers to a name that it does not have.");
        if (reference > 0) return names[(int)reference - 1];
        var length = Varint(ref input);
        if (length > (ulong)input.Length) throw Short();
        names.Add(Encoding.UTF8.GetString(Take(ref input, (int)length)));
        return names[^1];
    }

    private static void Values(IBufferWriter<byte> output, ReadingBatch batch, int index)
    {
        var values = batch.Values(index);
        var span = output.GetSpan(4 + (4 * MetricCatalog.Count));
        (span[0], span[1]) = ((byte)batch.Profile(index), (byte)batch.Status(index));
        var (mask, at) = (0, 4);
        for (var metric = 0; metric < values.Length; metric++)
        {
            if (float.IsNaN(values[metric])) continue;
            mask |= 1 << metric;
            BinaryPrimitives.WriteSingleLittleEndian(span[at..], values[metric]);
            at += 4;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], (ushort)mask);
        output.Advance(at);
    }

    private static void Values(ref ReadOnlySpan<byte> input, scoped Span<float> values)
    {
        var mask = BinaryPrimitives.ReadUInt16LittleEndian(Take(ref input, 2));
        for (var metric = 0; metric < values.Length; metric++)
            values[metric] = (mask & (1 << metric)) == 0 ? float.NaN : BinaryPrimitives.ReadSingleLittleEndian(Take(ref input, 4));
    }

    private static void Varint(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    private static ulong Varint(ref ReadOnlySpan<byte> input)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref input, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("The batch has a number that does not end.");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int length)
    {
        if (input.Length < length) throw Short();
        var taken = input[..length];
        input = input[length..];
        return taken;
    }

    private static InvalidDataException Short() => new("The batch ends too soon.");
}
