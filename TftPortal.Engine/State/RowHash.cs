using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace TftPortal.Engine.State;

/// <summary>XXH3 of what a row holds, whatever program reads it: names as UTF-8, numbers little-endian, a missing value as NaN.</summary>
internal sealed class RowHash
{
    private readonly XxHash3 hash = new();

    public long Value => (long)hash.GetCurrentHashAsUInt64();

    public void Add(string text)
    {
        hash.Append(Encoding.UTF8.GetBytes(text));
        hash.Append([0]);
    }

    public void Add(params ReadOnlySpan<long> numbers) => hash.Append(MemoryMarshal.AsBytes(numbers));

    public void Add(ReadOnlySpan<int> numbers) => hash.Append(MemoryMarshal.AsBytes(numbers));

    /// <summary>Values, each NaN the same.</summary>
    public void Add(Span<float> values)
    {
        foreach (ref var value in values)
        {
            if (float.IsNaN(value)) value = float.NaN;
        }

        hash.Append(MemoryMarshal.AsBytes(values));
    }

    public void Add(ReadOnlySpan<byte> bytes) => hash.Append(bytes);
}
