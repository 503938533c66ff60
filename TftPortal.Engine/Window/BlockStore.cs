using System.Runtime.InteropServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>One server's blocks of steps, from the oldest that holds a reading to the newest. A block that a view shares is copied before it is written to.</summary>
internal sealed class BlockStore
{
    private HistoryBlock?[] blocks = [];
    private long first;

    /// <summary>Without a block.</summary>
    public BlockStore()
    {
    }

    /// <summary>With the blocks of a view, which stays as it is.</summary>
    public BlockStore(ServerHistory history)
    {
        (first, blocks) = (history.FirstBlock, [.. history.Blocks]);
        Share();
    }

    /// <summary>The block of a step to read from, or null where the step has none.</summary>
    public HistoryBlock? Find(long step, out int offset)
    {
        var block = Math.DivRem(step, HistoryBlock.Steps, out var remainder);
        offset = (int)remainder;
        return block >= first && block < first + blocks.Length ? blocks[block - first] : null;
    }

    /// <summary>The block of a step to write to.</summary>
    public HistoryBlock Writable(long step, out int offset)
    {
        var block = Math.DivRem(step, HistoryBlock.Steps, out var remainder);
        offset = (int)remainder;
        Reach(block);
        ref var found = ref blocks[block - first];
        if (found is null) found = new();
        else if (found.IsShared) found = found.Copy();
        return found;
    }

    /// <summary>An immutable view; from here on its blocks are shared.</summary>
    public ServerHistory Share()
    {
        foreach (var block in blocks)
        {
            if (block is not null) block.IsShared = true;
        }

        return new(first, ImmutableCollectionsMarshal.AsImmutableArray((HistoryBlock?[])blocks.Clone()));
    }

    /// <summary>Drops the blocks that lie wholly before a step.</summary>
    /// <returns>How many readings went with them.</returns>
    public int DropBefore(long step)
    {
        var gone = (int)Math.Clamp((step / HistoryBlock.Steps) - first, 0, blocks.Length);
        if (gone == 0) return 0;
        var readings = 0;
        foreach (var block in blocks.AsSpan(0, gone))
        {
            for (var offset = 0; block is not null && offset < HistoryBlock.Steps; offset++) readings += block.Readings(offset);
        }

        blocks = blocks[gone..];
        first += gone;
        return readings;
    }

    /// <summary>How many of the steps from one up to, not including, another have a reading.</summary>
    public int Observed(long from, long end)
    {
        var count = 0;
        for (var step = from; step < end; step++)
        {
            if (Find(step, out var offset) is { } block && block.Readings(offset) > 0) count++;
        }

        return count;
    }

    private void Reach(long block)
    {
        if (blocks.Length == 0)
        {
            (first, blocks) = (block, new HistoryBlock?[1]);
            return;
        }

        var newFirst = Math.Min(first, block);
        var newEnd = Math.Max(first + blocks.Length, block + 1);
        if (newFirst == first && newEnd == first + blocks.Length) return;
        var grown = new HistoryBlock?[newEnd - newFirst];
        blocks.CopyTo(grown, first - newFirst);
        (first, blocks) = (newFirst, grown);
    }
}
