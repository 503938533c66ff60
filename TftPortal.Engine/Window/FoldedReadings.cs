using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>Readings of a step of which only what their values need remains: for each metric the sum (or the last value, where the metric keeps the last) and how many carried it.</summary>
internal sealed class FoldedReadings
{
    private readonly double[] values = new double[MetricCatalog.Count];
    private readonly int[] counts = new int[MetricCatalog.Count];
    private readonly int[] latest = new int[MetricCatalog.Count];

    /// <summary>How many of them carried a metric.</summary>
    public int Count(Metric metric) => counts[(int)metric];

    /// <summary>The sum of a metric's values, or the last one where the metric keeps the last; 0 where none carried it.</summary>
    public double Value(Metric metric) => values[(int)metric];

    /// <summary>When the last one that carried a metric was taken, milliseconds into the step.</summary>
    public int LatestOf(Metric metric) => latest[(int)metric];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(values);
        Array.Clear(counts);
        Array.Clear(latest);
    }

    /// <summary>Takes a reading in.</summary>
    public void Add(int time, ReadOnlySpan<float> metrics)
    {
        foreach (var metric in MetricCatalog.All)
        {
            var index = (int)metric.Metric;
            var value = metrics[index];
            if (float.IsNaN(value)) continue;
            if (!metric.KeepsLast) values[index] += value;
            else if (counts[index] == 0 || time >= latest[index]) values[index] = value;
            counts[index]++;
            latest[index] = Math.Max(latest[index], time);
        }
    }

    /// <summary>Takes in what a block holds of a step.</summary>
    /// <param name="block">The block.</param>
    /// <param name="offset">The step within it.</param>
    /// <param name="time">When the last reading of the step was taken, as far as is known, milliseconds into the step.</param>
    public void Resume(HistoryBlock block, int offset, int time)
    {
        foreach (var metric in MetricCatalog.All)
        {
            var index = (int)metric.Metric;
            counts[index] = block.ReadingsWith(metric.Metric, offset);
            if (counts[index] == 0) continue;
            var value = MetricCodec.Decode(metric.Metric, block.Codes(metric.Metric)[offset]);
            values[index] = metric.KeepsLast ? value : (double)value * counts[index];
            latest[index] = time;
        }
    }

    /// <summary>Becomes a copy of others.</summary>
    public void Copy(FoldedReadings others)
    {
        others.values.CopyTo(values, 0);
        others.counts.CopyTo(counts, 0);
        others.latest.CopyTo(latest, 0);
    }

    /// <summary>Writes them to be kept; a single byte where there are none.</summary>
    public void Write(BinaryWriter output)
    {
        var isAny = Array.Exists(counts, count => count > 0);
        output.Write(isAny);
        for (var metric = 0; isAny && metric < MetricCatalog.Count; metric++)
        {
            output.Write(values[metric]);
            output.Write(counts[metric]);
            output.Write(latest[metric]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader input)
    {
        Clear();
        if (!input.ReadBoolean()) return;
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
            (values[metric], counts[metric], latest[metric]) = (input.ReadDouble(), input.ReadInt32(), input.ReadInt32());
    }
}
