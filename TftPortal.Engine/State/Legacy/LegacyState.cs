using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State.Legacy;

/// <summary>What the old daemon had in memory when it wrote a file.</summary>
internal sealed record LegacyState
{
    /// <summary>At most this many reasons are kept; all refused records are counted.</summary>
    public const int MaxReasons = 100;

    /// <summary>The readings of its window that the rules for readings accept, in the file's order.</summary>
    public required ReadingBatch Readings { get; init; }

    /// <summary>How many batches it had taken; 0 or more.</summary>
    public required long TickCount { get; init; }

    /// <summary>How many readings it had taken of each server; 0 or more.</summary>
    public required IReadOnlyDictionary<string, long> ServerTimesteps { get; init; }

    /// <summary>When it wrote the file; null where the file says none, or none that can be read.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>How many records of its window are refused: they would have been at <c>POST /feed/data</c>, too.</summary>
    public int RefusedRecords { get; init; }

    /// <summary>Why, a sentence a fault, naming record, server and field; the first <see cref="MaxReasons"/>.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
