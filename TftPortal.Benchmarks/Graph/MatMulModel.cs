using System.Text;

namespace TftPortal.Benchmarks.Graph;

/// <summary>An ONNX model that multiplies two matrices, [M,K]·[K,N], and does nothing else: the few fields of ONNX's protobuf that it takes, written by hand.</summary>
internal static class MatMulModel
{
    private const int Float = 1;

    /// <summary>Writes it.</summary>
    public static byte[] Of(int m, int k, int n)
    {
        var node = Join(Text(1, "a"), Text(1, "b"), Text(2, "c"), Text(4, "MatMul"));
        var graph = Join(Part(1, node), Text(2, "sgemm"), Part(11, Value("a", m, k)), Part(11, Value("b", k, n)), Part(12, Value("c", m, n)));
        return Join(Number(1, 8), Part(7, graph), Part(8, Join(Text(1, ""), Number(2, 17)))); // IR 8, opset 17
    }

    private static byte[] Value(string name, int rows, int columns)
    {
        var shape = Join(Part(1, Number(1, rows)), Part(1, Number(1, columns)));
        return Join(Text(1, name), Part(2, Part(1, Join(Number(1, Float), Part(2, shape)))));
    }

    private static byte[] Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Part(int field, byte[] content) => Join(Varint((field << 3) | 2), Varint(content.Length), content);

    private static byte[] Number(int field, int value) => Join(Varint(field << 3), Varint(value));

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (var left = (uint)value; ; left >>= 7)
        {
            if (left < 0x80) return [.. bytes, (byte)left];
            bytes.Add((byte)(left | 0x80));
        }
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
