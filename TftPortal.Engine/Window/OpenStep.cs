using System.Numerics;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>
/// The readings of a step that may still change, one a slot (a sixty-fourth of the step), in the order of their times:
/// so a duplicate replaces exactly, and the mean does not depend on the order of arrival.
/// </summary>
internal sealed class OpenStep(long step)
{
    private long[] times = new long[1];
    private float[] values = new float[MetricCatalog.Count];

    /// <summary>Which step.</summary>
    public long Step { get; } = step;

    /// <summary>Bit n is set where a reading came in slot n.</summary>
    public ulong Slots { get; private set; }

    /// <summary>Takes a reading; of two in one slot the later one by timestamp stays, and of two with one timestamp the one that arrived last.</summary>
    /// <returns>False when the slot holds a later one.</returns>
    public bool Place(int slot, long unixMilliseconds, ReadOnlySpan<float> metrics)
    {
        var bit = 1UL << slot;
        var index = BitOperations.PopCount(Slots & (bit - 1));
        if ((Slots & bit) == 0) MakeRoom(index);
        else if (unixMilliseconds < times[index]) return false;
        Slots |= bit;
        times[index] = unixMilliseconds;
        metrics.CopyTo(values.AsSpan(index * MetricCatalog.Count));
        return true;
    }

    /// <summary>The step's value of a metric: the mean of its readings, or the last where the metric keeps the last; NaN where none has it.</summary>
    public float ValueOf(MetricDefinition metric)
    {
        double sum = 0;
        var count = 0;
        for (var index = BitOperations.PopCount(Slots) - 1; index >= 0; index--)
        {
            var value = values[(index * MetricCatalog.Count) + (int)metric.Metric];
            if (float.IsNaN(value)) continue;
            if (metric.KeepsLast) return value;
            sum += value;
            count++;
        }

        return count == 0 ? float.NaN : (float)(sum / count);
    }

    private void MakeRoom(int index)
    {
        var count = BitOperations.PopCount(Slots);
        if (count == times.Length)
        {
            Array.Resize(ref times, count * 2);
            Array.Resize(ref values, count * 2 * MetricCatalog.Count);
        }

        times.AsSpan(index, count - index).CopyTo(times.AsSpan(index + 1));
        values.AsSpan(index * MetricCatalog.Count, (count - index) * MetricCatalog.Count).CopyTo(values.AsSpan((index + 1) * MetricCatalog.Count));
    }
}
