using System.Numerics;

namespace TftPortal.Engine.Fleet;

/// <summary>72 consecutive steps (6 hours of 5-minute steps) of a server: 14 columns of 16-bit codes, and which sixty-fourths of each step a reading came in.</summary>
internal sealed class HistoryBlock
{
    /// <summary>Steps in a block: 72. A block starts at a multiple of it.</summary>
    public const int Steps = 72;

    private readonly ushort[] codes;
    private readonly ulong[] slots;

    /// <summary>A block without a value.</summary>
    public HistoryBlock()
    {
        codes = new ushort[Steps * MetricCatalog.Count];
        slots = new ulong[Steps];
        Array.Fill(codes, MetricCodec.Missing);
    }

    private HistoryBlock(HistoryBlock original)
    {
        codes = (ushort[])original.codes.Clone();
        slots = (ulong[])original.slots.Clone();
    }

    /// <summary>Whether a view holds this block: the window copies it before it writes.</summary>
    public bool IsShared { get; set; }

    /// <summary>One metric's codes, one a step.</summary>
    public Span<ushort> Codes(Metric metric) => codes.AsSpan((int)metric * Steps, Steps);

    /// <summary>For each step, bit n is set where a reading came in its n-th sixty-fourth.</summary>
    public Span<ulong> Slots => slots;

    /// <summary>How many readings a step was made of, at most 64.</summary>
    public int Readings(int offset) => BitOperations.PopCount(slots[offset]);

    /// <summary>A copy that nobody shares yet.</summary>
    public HistoryBlock Copy() => new(this);
}
