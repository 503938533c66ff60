using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>
/// One server on its way out of a row, column by column in the order of the file, whatever program reads it.
/// At the end its hash tells whether the row is as it was written.
/// </summary>
internal sealed class RestoredServer
{
    private const int MostSteps = 31 * 24 * 3600; // a month of one-second steps: no window remembers more

    private readonly StepGrid grid;
    private readonly RowHash hash = new();
    private readonly long firstStep;
    private readonly long lastSeen;
    private readonly long received;
    private readonly long revision;
    private readonly long timesteps;
    private readonly int records;
    private readonly bool isSimulated;
    private readonly ServerProfile profile;
    private readonly ServerStatus status;
    private HistoryBlock?[] blocks = [];
    private ImmutableArray<float> latest = [];
    private ImmutableArray<DateTimeOffset> latestAt = [];
    private ImmutableArray<OpenStep> open = [];
    private int steps = -1;

    public RestoredServer(StepGrid grid, string name, string profile, string status, bool isSimulated, long lastSeen, long received, long revision, long timesteps, int records, long firstStepAt)
    {
        (this.grid, Name, this.isSimulated, this.lastSeen, this.received) = (grid, name, isSimulated, lastSeen, received);
        (this.revision, this.timesteps, this.records) = (revision, timesteps, records);
        firstStep = Math.DivRem(firstStepAt, grid.StepMilliseconds, out var rest);
        if (rest != 0 || !WireNames.TryParse(profile, out this.profile) || !WireNames.TryParse(status, out this.status)) throw Damaged();
        hash.Add(name);
        hash.Add(profile);
        hash.Add(status);
        hash.Add(isSimulated ? 1 : 0, lastSeen, received, revision, timesteps, records, firstStepAt);
    }

    public string Name { get; }

    private long FirstBlock => Math.DivRem(firstStep, HistoryBlock.Steps).Quotient;

    /// <summary>Takes the newest values; NaN where never seen.</summary>
    public void Latest(Span<float> values)
    {
        Expect(values.Length == MetricCatalog.Count);
        hash.Add(values);
        latest = [.. values];
    }

    /// <summary>Takes when they were taken; <see cref="long.MinValue"/> where never seen.</summary>
    public void LatestAt(Span<long> times)
    {
        Expect(times.Length == MetricCatalog.Count);
        hash.Add(times);
        latestAt = [.. times.ToArray().Select(time => time == long.MinValue ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(time))];
    }

    /// <summary>Takes a metric's values, one a step; NaN where there is none.</summary>
    public void Values(Metric metric, Span<float> values)
    {
        if (steps < 0) MakeRoom(values.Length);
        Expect(values.Length == steps);
        hash.Add(values);
        for (var step = 0; step < steps; step++)
        {
            if (!float.IsNaN(values[step])) Block(step, out var offset).Codes(metric)[offset] = MetricCodec.Encode(metric, values[step]);
        }
    }

    /// <summary>Takes how many readings each step was made of, and when they were taken.</summary>
    public void Readings(Span<int> counts, Span<long> marks)
    {
        Expect(counts.Length == steps && marks.Length == steps);
        hash.Add(counts);
        hash.Add(marks);
        for (var step = 0; step < steps; step++)
        {
            if (counts[step] > 0) Block(step, out var offset).SetReadings(offset, counts[step], (ulong)marks[step]);
        }
    }

    /// <summary>Takes how many readings of each step carried each metric, metric by metric; empty where all did.</summary>
    public void ReadingsOfMetrics(Span<int> counts)
    {
        Expect(counts.IsEmpty || counts.Length == steps * MetricCatalog.Count);
        hash.Add(counts);
        for (var index = 0; index < counts.Length; index++)
        {
            if (counts[index] > 0) Block(index % steps, out var offset).SetReadingsWith((Metric)(index / steps), offset, counts[index]);
        }
    }

    /// <summary>Takes the open steps.</summary>
    public void Open(byte[] packed)
    {
        hash.Add(packed);
        using var reader = new BinaryReader(new MemoryStream(packed));
        var found = ImmutableArray.CreateBuilder<OpenStep>();
        while (reader.BaseStream.Position < packed.Length) found.Add(OpenStep.Read(reader, grid));
        open = found.ToImmutable();
    }

    /// <summary>The server, whole.</summary>
    /// <exception cref="InvalidDataException">The row is not as it was written.</exception>
    public ServerImage Complete(long rowHash)
    {
        Expect(hash.Value == rowHash);
        var snapshot = new ServerSnapshot
        {
            Name = Name,
            Profile = profile,
            Status = status,
            IsSimulated = isSimulated,
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(lastSeen),
            Latest = latest,
            LatestAt = latestAt,
            History = new(blocks.Length == 0 ? 0 : FirstBlock, [.. blocks]),
            Records = records,
            Revision = revision,
        };
        return new(snapshot, received, timesteps, HasReal: true, open);
    }

    private void MakeRoom(int length)
    {
        Expect(length <= MostSteps);
        steps = length;
        if (length > 0) blocks = new HistoryBlock?[((firstStep + length - 1) / HistoryBlock.Steps) - FirstBlock + 1];
    }

    private HistoryBlock Block(int step, out int offset)
    {
        var block = Math.DivRem(firstStep + step, HistoryBlock.Steps, out var remainder);
        offset = (int)remainder;
        return blocks[block - FirstBlock] ??= new();
    }

    private void Expect(bool isSo)
    {
        if (!isSo) throw Damaged();
    }

    private InvalidDataException Damaged() => new($"the row of {Name} is not as it was written");
}
