using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>
/// What is known of one server's past, step by step: an immutable view that the window hands to readers.
/// It shares its blocks with the window, which copies a block before it writes into one that a view holds.
/// </summary>
public sealed class ServerHistory
{
    internal ServerHistory(long firstBlock, ImmutableArray<HistoryBlock?> blocks) => (FirstBlock, Blocks) = (firstBlock, blocks);

    /// <summary>A server without a past.</summary>
    public static ServerHistory Empty { get; } = new(0, []);

    /// <summary>Number of the first of <see cref="Blocks"/>: its first step, divided by <see cref="HistoryBlock.Steps"/>.</summary>
    internal long FirstBlock { get; }

    /// <summary>The blocks, null where no step has a reading. They may be read, never written to.</summary>
    internal ImmutableArray<HistoryBlock?> Blocks { get; }

    /// <summary>The oldest step that a value can be known for.</summary>
    public long OldestStep => FirstBlock * HistoryBlock.Steps;

    /// <summary>One past the newest step that a value can be known for.</summary>
    public long EndStep => (FirstBlock + Blocks.Length) * HistoryBlock.Steps;

    /// <summary>The value of a metric in a step; NaN where there is none.</summary>
    public float At(Metric metric, long step)
    {
        var block = BlockOf(step, out var offset);
        return block is null ? float.NaN : MetricCodec.Decode(metric, block.Codes(metric)[offset]);
    }

    /// <summary>How many readings a step was made of, at most 65,535.</summary>
    public int ReadingsIn(long step) => BlockOf(step, out var offset) is { } block ? block.Readings(offset) : 0;

    /// <summary>How many readings of a step carried a metric, at most 65,535.</summary>
    public int ReadingsIn(long step, Metric metric) => BlockOf(step, out var offset) is { } block ? block.ReadingsWith(metric, offset) : 0;

    /// <summary>When a step's readings were taken, as <see cref="HistoryBlock.Marks"/> has it; 0 where there is none.</summary>
    internal ulong MarksIn(long step) => BlockOf(step, out var offset) is { } block ? block.Marks(offset) : 0;

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

    /// <summary>The same past with one value for a metric wherever it was observed in some steps. This one stays as it is.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="from">The first of the steps.</param>
    /// <param name="until">One past the last.</param>
    /// <param name="value">In the metric's unit.</param>
    internal ServerHistory Held(Metric metric, long from, long until, float value)
    {
        var code = MetricCodec.Encode(metric, value);
        var held = Blocks.ToBuilder();
        for (var index = 0; index < held.Count; index++)
        {
            var first = (FirstBlock + index) * HistoryBlock.Steps;
            var (start, end) = ((int)Math.Max(0, from - first), (int)Math.Min(HistoryBlock.Steps, until - first));
            if (held[index] is not { } block || start >= end) continue;
            var copy = block.Copy();
            foreach (ref var known in copy.Codes(metric)[start..end])
                if (known != MetricCodec.Missing) known = code;
            held[index] = copy;
        }

        return new(FirstBlock, held.ToImmutable());
    }

    /// <summary>Whether the block that a step is in is the same object in another view: nothing in it has changed then.</summary>
    internal bool IsSameBlock(ServerHistory other, long step) => ReferenceEquals(BlockOf(step, out _), other.BlockOf(step, out _));

    /// <summary>One past the last step of the block that a step is in.</summary>
    internal static long EndOfBlock(long step) => (Math.DivRem(step, HistoryBlock.Steps).Quotient + 1) * HistoryBlock.Steps;

    private HistoryBlock? BlockOf(long step, out int offset)
    {
        var block = Math.DivRem(step, HistoryBlock.Steps, out var remainder);
        offset = (int)remainder;
        var index = block - FirstBlock;
        return index >= 0 && index < Blocks.Length ? Blocks[(int)index] : null;
    }
}
