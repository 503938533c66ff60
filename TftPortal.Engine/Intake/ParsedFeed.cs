using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Intake;

/// <summary>What a request's body held: valid readings in columns, and what was wrong with the rest.</summary>
public sealed class ParsedFeed
{
    /// <summary>At most this many faults are listed; all are counted.</summary>
    public const int MaxFaults = 100;

    private readonly int[]? indexes;

    internal ParsedFeed(ReadingBatch batch, int records, int notObjects, IReadOnlyList<RecordFault> faults, int[]? indexes)
    {
        Batch = batch;
        Records = records;
        NotObjects = notObjects;
        Faults = faults;
        this.indexes = indexes;
    }

    private ParsedFeed(ShapeFault fault)
        : this(new(1), 0, 0, [], null) => Misshapen = [fault];

    /// <summary>The valid readings.</summary>
    public ReadingBatch Batch { get; }

    /// <summary>How many records the request held, good and bad.</summary>
    public int Records { get; }

    /// <summary>How many records were refused.</summary>
    public int Rejected => Records - Batch.Count;

    /// <summary>How many of those were no JSON object.</summary>
    public int NotObjects { get; }

    /// <summary>What was wrong with the refused records, in their order, at most <see cref="MaxFaults"/>.</summary>
    public IReadOnlyList<RecordFault> Faults { get; }

    /// <summary>Why the request as a whole can't be read; empty as a rule.</summary>
    public ImmutableArray<ShapeFault> Misshapen { get; } = [];

    /// <summary>The index in the request of a reading of the batch.</summary>
    public int IndexOf(int row) => indexes is null ? row : indexes[row];

    internal static ParsedFeed Unreadable(ShapeFault fault) => new(fault);
}
