namespace TftPortal.Hubs;

/// <summary>A connection to the hub, and what its streams share.</summary>
internal sealed class HubVisit
{
    private readonly Lock asking = new();
    private long? askedAt;
    private int streams;
    private volatile bool hasEnded;

    /// <summary>Whether its session was found to have ended.</summary>
    public bool HasEnded { get => hasEnded; set => hasEnded = value; }

    /// <summary>Begins a stream, unless there are as many as there may be.</summary>
    public bool TryBegin(int most)
    {
        if (Interlocked.Increment(ref streams) <= most) return true;
        End();
        return false;
    }

    /// <summary>Ends a stream.</summary>
    public void End() => Interlocked.Decrement(ref streams);

    /// <summary>Whether its session is to be asked for again: true for one of those that ask.</summary>
    public bool IsDue(TimeProvider clock, TimeSpan again)
    {
        lock (asking)
        {
            if (askedAt is { } asked && clock.GetElapsedTime(asked) < again) return false;
            askedAt = clock.GetTimestamp();
            return true;
        }
    }
}
