namespace TftPortal.Engine.History;

/// <summary>How the writing of the past goes.</summary>
public sealed class HistoryState
{
    private HistoryHealth health = new(null, null);
    private int disturbed;

    /// <summary>How it went last.</summary>
    public HistoryHealth Health => Volatile.Read(ref health);

    /// <summary>Files were put aside: what was believed to be on disk may not be.</summary>
    internal void Disturb() => Volatile.Write(ref disturbed, 1);

    /// <summary>Whether that happened since this was last asked.</summary>
    internal bool TakeDisturbance() => Interlocked.Exchange(ref disturbed, 0) == 1;

    internal void Wrote(DateTimeOffset now) => Volatile.Write(ref health, new(now, null));

    internal void Failed(string reason) => Volatile.Write(ref health, Health with { Failure = reason });
}

/// <summary>How the writing of the past went last.</summary>
/// <param name="WrittenAt">When it last could be written; null before the first picture.</param>
/// <param name="Failure">Why it can't be just now; null where it can.</param>
public sealed record HistoryHealth(DateTimeOffset? WrittenAt, string? Failure);
