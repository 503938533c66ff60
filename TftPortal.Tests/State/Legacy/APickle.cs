using System.Buffers.Binary;
using System.Text;

namespace TftPortal.Tests.State.Legacy;

/// <summary>Writes pickles, protocol 2, without a memo: what Python would read as None, bool, int, float, str, list and dict.</summary>
internal static class APickle
{
    /// <summary>A state as the old daemon pickled it.</summary>
    public static byte[] OfState(object? window, object? tick = null, object? timesteps = null, object? timestamp = null) => Of(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["rolling_window"] = window,
        ["tick_count"] = tick ?? 17L,
        ["server_timesteps"] = timesteps ?? new Dictionary<string, object?>(StringComparer.Ordinal) { ["ppml0001"] = 3L },
        ["timestamp"] = timestamp ?? "2025-10-12T20:00:00.250000",
    });

    public static Dictionary<string, object?> Record(string server, params (string Field, object? Value)[] fields)
    {
        var record = new Dictionary<string, object?>(StringComparer.Ordinal) { ["timestamp"] = "2025-10-12T20:00:00", ["server_name"] = server };
        foreach (var (field, value) in fields) record[field] = value;
        return record;
    }

    public static byte[] Of(object? value)
    {
        using var bytes = new MemoryStream();
        bytes.Write([0x80, 2]);
        Write(bytes, value);
        bytes.WriteByte((byte)'.');
        return bytes.ToArray();
    }

    /// <summary>Bytes from Latin-1 text, to write opcodes down as Python shows them.</summary>
    public static byte[] Raw(string text) => Encoding.Latin1.GetBytes(text);

    private static void Write(MemoryStream bytes, object? value)
    {
        Span<byte> eight = stackalloc byte[8];
        switch (value)
        {
            case null: bytes.WriteByte((byte)'N'); break;
            case bool truth: bytes.WriteByte(truth ? (byte)0x88 : (byte)0x89); break;
            case long integer:
                BinaryPrimitives.WriteInt64LittleEndian(eight, integer);
                bytes.Write([0x8a, 8]);
                bytes.Write(eight);
                break;
            case double real:
                BinaryPrimitives.WriteDoubleBigEndian(eight, real);
                bytes.WriteByte((byte)'G');
                bytes.Write(eight);
                break;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32LittleEndian(eight, utf8.Length);
                bytes.WriteByte((byte)'X');
                bytes.Write(eight[..4]);
                bytes.Write(utf8);
                break;
            case IReadOnlyDictionary<string, object?> dictionary:
                bytes.Write("}("u8);
                foreach (var (key, item) in dictionary)
                {
                    Write(bytes, key);
                    Write(bytes, item);
                }

                bytes.WriteByte((byte)'u');
                break;
            case IEnumerable<object?> list:
                bytes.Write("]("u8);
                foreach (var item in list) Write(bytes, item);
                bytes.WriteByte((byte)'e');
                break;
            default: throw new ArgumentException($"No pickle of a {value.GetType()}.", nameof(value));
        }
    }
}
