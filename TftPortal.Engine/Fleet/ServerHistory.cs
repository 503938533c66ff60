using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>
/// What is known of one server's past, step by step: an immutable view that the window hands to readers.
/// It shares its blocks with the window, which copies a block before it writes into one that a view holds.
/// </summary>
public sealed class ServerHistory
{
    private readonly long firstBlock;
    private readonly ImmutableArray<HistoryBlock?> blocks;

    internal ServerHistory(long firstBlock, ImmutableArray<HistoryBlock?> blocks)
    {
        this.firstBlock = firstBlock;
        this.blocks = blocks;
    }

    /// <summary>A server without a past.</summary>
    public static ServerHistory Empty { get; } = new(0, []);

    /// <summary>The oldest step that a value can be known for.</summary>
    public long OldestStep => firstBlock * HistoryBlock.Steps;

    /// <summary>One past the newest step that a value can be known for.</summary>
    public long EndStep => (firstBlock + blocks.Length) * HistoryBlock.Steps;

    /// <summary>The value of a metric in a step; NaN where there is none.</summary>
    public float At(Metric metric, long step)
    {
        var block = BlockOf(step, out var offset);
        return block is null ? float.NaN : MetricCodec.Decode(metric, block.Codes(metric)[offset]);
    }

    /// <summary>How many readings a step was made of, at most 64.</summary>
    public int ReadingsIn(long step) => BlockOf(step, out var offset) is { } block ? block.Readings(offset) : 0;

    /// <summary>Copies a metric's values of consecutive steps; NaN where there is none.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="firstStep">The step of the first value.</param>
    /// <param name="values">Receives one value a step.</param>
    public void CopyTo(Metric metric, long firstStep, Span<float> values)
    {
        while (!values.IsEmpty)
        {
            var block = BlockOf(firstStep, out var offset);
            var length = Math.Min(values.Length, HistoryBlock.Steps - offset);
            if (block is null) values[..length].Fill(float.NaN);
            else MetricCodec.Decode(metric, block.Codes(metric).Slice(offset, length), values[..length]);
            values = values[length..];
            firstStep += length;
        }
    }

    private HistoryBlock? BlockOf(long step, out int offset)
    {
        var block = Math.DivRem(step, HistoryBlock.Steps, out var remainder);
        offset = (int)remainder;
        var index = block - firstBlock;
        return index >= 0 && index < blocks.Length ? blocks[(int)index] : null;
    }
}
