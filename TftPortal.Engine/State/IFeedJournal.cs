using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>Keeps batches until a snapshot holds them: what a start applies again. Safe for several threads.</summary>
internal interface IFeedJournal : IDisposable
{
    /// <summary>What it holds.</summary>
    JournalFigures Figures { get; }

    /// <summary>Why nothing more is written to it: what was found damaged in it while it ran. Null as long as it is whole. A save of everything and <see cref="Renew"/> heal it.</summary>
    string? Damage { get; }

    /// <summary>The last batch that it promised to keep.</summary>
    long Durable { get; }

    /// <summary>Makes batches durable, all or none, in their order.</summary>
    /// <param name="batches">At least one.</param>
    /// <param name="receivedAt">When they came in, milliseconds since 1970 UTC.</param>
    /// <returns>The first one's sequence; the others follow by one each.</returns>
    /// <exception cref="JournalFailedException">None of them is kept.</exception>
    long Append(IReadOnlyList<ReadingBatch> batches, long receivedAt);

    /// <summary>Notes that a generation of the state file is complete on disk, before it takes its place; forgets all but it and the one before.</summary>
    /// <exception cref="JournalFailedException">It could not be noted.</exception>
    void Note(SavedGeneration generation);

    /// <summary>Drops batches that every generation kept holds, a piece at a time, so that appending goes on in between.</summary>
    /// <param name="upTo">The last sequence to drop.</param>
    /// <exception cref="JournalFailedException">They, or some of them, stay.</exception>
    void Trim(long upTo);

    /// <summary>Puts a damaged journal aside and begins a new one that knows the same generations. What was in it must be in one of them, or be saved at once.</summary>
    /// <param name="now">The time, for the name of what is put aside.</param>
    /// <param name="generations">What lies on disk, the newest first.</param>
    /// <exception cref="IOException">The damaged one can't be put aside.</exception>
    /// <exception cref="JournalFailedException">The new one can't be begun.</exception>
    void Renew(DateTimeOffset now, IReadOnlyList<SavedGeneration> generations);
}

/// <summary>The journal can't be written; its message says why, for an operator.</summary>
/// <param name="message">Why.</param>
/// <param name="isDiskFull">Whether it is for want of space.</param>
/// <param name="cause">What was caught.</param>
internal sealed class JournalFailedException(string message, bool isDiskFull, Exception cause) : Exception(message, cause)
{
    /// <summary>Whether it is for want of space.</summary>
    public bool IsDiskFull { get; } = isDiskFull;
}

/// <summary>Keeps nothing: for tests and tools that have no folder.</summary>
internal sealed class NoJournal : IFeedJournal
{
    private long sequence;

    /// <inheritdoc/>
    public JournalFigures Figures => JournalFigures.Empty;
    /// <inheritdoc/>
    public string? Damage => null;
    /// <inheritdoc/>
    public long Durable => Interlocked.Read(ref sequence);

    /// <inheritdoc/>
    public long Append(IReadOnlyList<ReadingBatch> batches, long receivedAt) => Interlocked.Add(ref sequence, batches.Count) - batches.Count + 1;

    /// <inheritdoc/>
    public void Note(SavedGeneration generation)
    {
        // There are none.
    }

    /// <inheritdoc/>
    public void Trim(long upTo)
    {
        // There is nothing.
    }

    /// <inheritdoc/>
    public void Renew(DateTimeOffset now, IReadOnlyList<SavedGeneration> generations)
    {
        // Nothing can be damaged.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open.
    }
}
