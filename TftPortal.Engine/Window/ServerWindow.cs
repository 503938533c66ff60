using System.Collections.Immutable;
using System.Numerics;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>
/// One server's readings on the time grid. A step has 64 slots and a slot one reading, the latest by timestamp.
/// The steps near now are open: their readings are kept, so that averages and replacements are exact.
/// Of a sealed step only the values and which slots were filled remain: a late reading in a free slot joins the mean by count; in a filled one
/// it replaces the step's only reading, or, where there are several, counts as seen already. That bounds memory, and repeating a batch does no harm.
/// </summary>
internal sealed class ServerWindow(string name)
{
    /// <summary>Slots of a step: 64.</summary>
    public const int Slots = 64;
    /// <summary>Steps before the running one that are still open: 3.</summary>
    public const int OpenSteps = 3;
    /// <summary>The last steps in which a server's observed ones are counted: 288, what the model looks at.</summary>
    public const int ReadySpan = 288;

    private readonly BlockStore blocks = new();
    private readonly List<OpenStep> open = []; // by step
    private readonly float[] latest = [.. Enumerable.Repeat(float.NaN, MetricCatalog.Count)];
    private readonly long[] latestAt = [.. Enumerable.Repeat(long.MinValue, MetricCatalog.Count)];
    private ServerProfile profile;
    private ServerStatus status;
    private bool isSimulated;
    private ServerSnapshot? shared;

    /// <summary>Name of the server.</summary>
    public string Name { get; } = name;
    /// <summary>When its newest reading was taken, milliseconds since 1970 UTC.</summary>
    public long NewestAt { get; private set; } = long.MinValue;
    /// <summary>When a reading of it last came in, milliseconds since 1970 UTC.</summary>
    public long ReceivedAt { get; private set; }
    /// <summary>How many readings it holds.</summary>
    public int Records { get; private set; }
    /// <summary>How many of the last <see cref="ReadySpan"/> steps have a reading.</summary>
    public int ObservedSteps { get; private set; }
    /// <summary>Grows with every change.</summary>
    public long Revision { get; private set; }

    /// <summary>Places a reading where its time belongs.</summary>
    /// <param name="grid">The time grid.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="index">Which reading of it.</param>
    /// <param name="receivedAt">Now, milliseconds since 1970 UTC.</param>
    /// <param name="revision">What the server's revision becomes if the reading changes anything.</param>
    public void Place(StepGrid grid, ReadingBatch batch, int index, long receivedAt, long revision)
    {
        ReceivedAt = receivedAt;
        var time = batch.UnixMilliseconds(index);
        var values = batch.Values(index);
        var step = grid.StepOf(time);
        var running = grid.StepOf(receivedAt);
        var slot = (int)((time - (step * grid.StepMilliseconds)) * Slots / grid.StepMilliseconds);
        var before = blocks.Find(step, out var offset) is { } block ? block.Slots[offset] : 0;
        // A step whose raw readings are gone (the clock was set back) stays sealed, however near.
        var isOpen = step >= running - OpenSteps && (before == 0 || open.Exists(readings => readings.Step == step));
        var placed = isOpen ? PlaceOpen(step, slot, time, values) : PlaceSealed(step, slot, before, values);
        var isNews = Remember(batch, index, time, values); // even a reading whose slot is taken may be the newest with some metric
        if (!placed && !isNews) return;
        Revision = revision;
        shared = null;
        if (!placed) return;
        if ((before & (1UL << slot)) == 0) Records++;
        if (before == 0 && step <= running && step > running - ReadySpan) ObservedSteps++;
    }

    /// <summary>Moves on to the step that runs now: seals, forgets what is past the memory, counts again.</summary>
    public void MoveTo(long running, long oldestStep)
    {
        open.RemoveAll(step => step.Step < running - OpenSteps);
        var gone = blocks.DropBefore(oldestStep);
        if (gone > 0) shared = null;
        Records -= gone;
        ObservedSteps = blocks.Observed(running - ReadySpan + 1, running + 1);
    }

    /// <summary>The server as it is now; the same object as before when nothing changed.</summary>
    public ServerSnapshot Share() => shared ??= new()
    {
        Name = Name,
        Profile = profile,
        Status = status,
        IsSimulated = isSimulated,
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(NewestAt),
        Latest = [.. latest],
        LatestAt = [.. latestAt.Select(time => time == long.MinValue ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(time))],
        History = blocks.Share(),
        Records = Records,
        Revision = Revision,
    };

    private bool PlaceOpen(long step, int slot, long time, ReadOnlySpan<float> values)
    {
        var readings = Opened(step);
        if (!readings.Place(slot, time, values)) return false;
        var block = blocks.Writable(step, out var offset);
        block.Slots[offset] = readings.Slots;
        foreach (var metric in MetricCatalog.All) block.Codes(metric.Metric)[offset] = MetricCodec.Encode(metric.Metric, readings.ValueOf(metric));
        return true;
    }

    private OpenStep Opened(long step)
    {
        var index = open.Count;
        while (index > 0 && open[index - 1].Step >= step) index--;
        if (index == open.Count || open[index].Step != step) open.Insert(index, new(step));
        return open[index];
    }

    private bool PlaceSealed(long step, int slot, ulong before, ReadOnlySpan<float> values)
    {
        var bit = 1UL << slot;
        var isNew = (before & bit) == 0;
        if (!isNew && before != bit) return false;
        var block = blocks.Writable(step, out var offset);
        block.Slots[offset] = before | bit;
        foreach (var metric in MetricCatalog.All)
        {
            ref var code = ref block.Codes(metric.Metric)[offset];
            var value = values[(int)metric.Metric];
            if (isNew) value = Joined(metric, MetricCodec.Decode(metric.Metric, code), value, before, bit);
            code = MetricCodec.Encode(metric.Metric, value);
        }

        return true;
    }

    private static float Joined(MetricDefinition metric, float old, float value, ulong before, ulong bit)
    {
        if (float.IsNaN(value)) return old;
        if (float.IsNaN(old)) return value;
        if (metric.KeepsLast) return bit > before ? value : old; // past the highest slot filled: the last so far
        return old + ((value - old) / (BitOperations.PopCount(before) + 1));
    }

    private bool Remember(ReadingBatch batch, int index, long time, ReadOnlySpan<float> values)
    {
        var isNews = false;
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            if (float.IsNaN(values[metric]) || time < latestAt[metric]) continue;
            isNews |= time > latestAt[metric] || values[metric] != latest[metric];
            latest[metric] = values[metric];
            latestAt[metric] = time;
        }

        if (time < NewestAt) return isNews;
        NewestAt = time;
        profile = batch.Profile(index);
        status = batch.Status(index);
        isSimulated = batch.IsSimulated;
        return true;
    }
}
