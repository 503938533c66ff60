using System.Numerics;
using System.Runtime.InteropServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>
/// The readings of a step that may still change. The latest 64 by timestamp are kept whole, so that a duplicate replaces exactly; earlier ones are folded into
/// sums and counts a metric, and of those only the timestamps remain, so that a duplicate is known and changes nothing. Only the latest 1,024 timestamps
/// are kept; of what came before, or was read back from a <see cref="HistoryBlock"/>, the filled sixty-fourths of the step remain:
/// there a reading can't be told from a duplicate, and counts as seen unless it is the newest of its server.
/// </summary>
internal sealed partial class OpenStep
{
    /// <summary>Readings kept whole: 64. An agent that posts every 15 s makes 20 in a 5-minute step.</summary>
    public const int Whole = 64;
    /// <summary>Timestamps kept: 1,024, which is more than three a second in a 5-minute step.</summary>
    public const int Timed = 1024;

    private readonly FoldedReadings folded = new();
    private int[] times = new int[4]; // milliseconds into the step, ascending; the last ones have values
    private float[] values = new float[4 * MetricCatalog.Count];
    private int timed;
    private int whole;
    private int count;
    private long stepMilliseconds;
    private ulong seen; // the sixty-fourths with a reading
    private ulong forgotten; // those with a reading whose exact time is not kept

    /// <summary>Which step.</summary>
    public long Step { get; private set; }

    /// <summary>Starts over for a step, with what its block holds of it.</summary>
    /// <param name="grid">The time grid.</param>
    /// <param name="step">The step.</param>
    /// <param name="block">The block that holds the step, or null where nothing is known of it.</param>
    /// <param name="offset">The step within the block.</param>
    /// <param name="newestAt">When the server's newest reading was taken, milliseconds since 1970 UTC.</param>
    public void Resume(StepGrid grid, long step, HistoryBlock? block, int offset, long newestAt)
    {
        (Step, stepMilliseconds, timed, whole, seen, forgotten) = (step, grid.StepMilliseconds, 0, 0, 0, 0);
        folded.Clear();
        count = block?.Readings(offset) ?? 0;
        if (count == 0) return;
        var marks = block!.Marks(offset);
        if (count == 1)
        {
            Span<float> only = stackalloc float[MetricCatalog.Count];
            foreach (var metric in MetricCatalog.All) only[(int)metric.Metric] = MetricCodec.Decode(metric.Metric, block.Codes(metric.Metric)[offset]);
            Insert(0, (int)marks, only);
            return;
        }

        seen = forgotten = marks;
        // The last reading of a step lies somewhere in its last filled sixty-fourth, and is not newer than the server's newest.
        var latest = ((64 - BitOperations.LeadingZeroCount(marks)) * stepMilliseconds / 64) - 1;
        folded.Resume(block, offset, (int)Math.Min(latest, Math.Max(0, newestAt - (step * stepMilliseconds))));
    }

    /// <summary>Takes a reading.</summary>
    /// <param name="time">When it was taken, milliseconds into the step.</param>
    /// <param name="metrics">14 values indexed by <see cref="Metric"/>, NaN where missing.</param>
    /// <param name="isNewest">Whether it is newer than every reading of its server so far, and so no duplicate.</param>
    /// <returns>Whether it changed anything.</returns>
    public bool Place(int time, ReadOnlySpan<float> metrics, bool isNewest)
    {
        var index = times.AsSpan(0, timed).BinarySearch(time);
        if (index >= 0) return Replace(index - (timed - whole), metrics);
        if (!isNewest && (forgotten & Slot(time)) != 0) return false;
        Insert(~index, time, metrics);
        count++;
        return true;
    }

    /// <summary>Writes the step's values and counts into its block.</summary>
    public void WriteTo(HistoryBlock block, int offset)
    {
        block.SetReadings(offset, count, count == 1 ? (ulong)times[0] : seen);
        foreach (var metric in MetricCatalog.All)
        {
            block.Codes(metric.Metric)[offset] = MetricCodec.Encode(metric.Metric, ValueOf(metric, out var carried));
            block.SetReadingsWith(metric.Metric, offset, carried);
        }
    }

    /// <summary>The step's value of a metric: the mean of the readings that carry it, or the last where the metric keeps the last; NaN where none does.</summary>
    private float ValueOf(MetricDefinition metric, out int carried)
    {
        carried = folded.Count(metric.Metric);
        var sum = folded.Value(metric.Metric);
        for (var index = 0; index < whole; index++)
        {
            var value = values[(index * MetricCatalog.Count) + (int)metric.Metric];
            if (float.IsNaN(value)) continue;
            carried++;
            if (!metric.KeepsLast) sum += value;
            else if (times[timed - whole + index] >= folded.LatestOf(metric.Metric)) sum = value;
        }

        return carried == 0 ? float.NaN : (float)(metric.KeepsLast ? sum : sum / carried);
    }

    private bool Replace(int index, ReadOnlySpan<float> metrics)
    {
        if (index < 0) return false;
        var held = values.AsSpan(index * MetricCatalog.Count, MetricCatalog.Count);
        if (MemoryMarshal.AsBytes(held).SequenceEqual(MemoryMarshal.AsBytes(metrics))) return false;
        metrics.CopyTo(held);
        return true;
    }

    private void Insert(int index, int time, ReadOnlySpan<float> metrics)
    {
        seen |= Slot(time);
        var at = index - (timed - whole); // among the whole ones
        if (whole < Whole) InsertWhole(at, metrics);
        else if (at <= 0) folded.Add(time, metrics);
        else
        {
            folded.Add(times[timed - whole], values.AsSpan(0, MetricCatalog.Count));
            values.AsSpan(MetricCatalog.Count, (at - 1) * MetricCatalog.Count).CopyTo(values);
            metrics.CopyTo(values.AsSpan((at - 1) * MetricCatalog.Count));
        }

        InsertTime(index, time);
    }

    private void InsertWhole(int at, ReadOnlySpan<float> metrics)
    {
        if ((whole + 1) * MetricCatalog.Count > values.Length) Array.Resize(ref values, values.Length * 2);
        var tail = values.AsSpan(at * MetricCatalog.Count, (whole - at) * MetricCatalog.Count);
        tail.CopyTo(values.AsSpan((at + 1) * MetricCatalog.Count));
        metrics.CopyTo(values.AsSpan(at * MetricCatalog.Count));
        whole++;
    }

    private void InsertTime(int index, int time)
    {
        if (timed == Timed)
        {
            forgotten |= Slot(index == 0 ? time : times[0]);
            if (index == 0) return;
            times.AsSpan(1, index - 1).CopyTo(times);
            times[index - 1] = time;
            return;
        }

        if (timed == times.Length) Array.Resize(ref times, timed * 2);
        times.AsSpan(index, timed - index).CopyTo(times.AsSpan(index + 1));
        times[index] = time;
        timed++;
    }

    private ulong Slot(int time) => 1UL << (int)(time * 64L / stepMilliseconds);
}
