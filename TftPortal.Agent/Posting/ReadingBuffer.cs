using TftPortal.Agent.Readings;

namespace TftPortal.Agent.Posting;

/// <summary>Readings that wait for the portal, oldest first. Full, it lets the oldest go and counts them. Safe for one who adds and one who takes.</summary>
/// <param name="capacity">How many readings it holds, at least 1.</param>
internal sealed class ReadingBuffer(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<HostReading> readings = new();
    private TaskCompletionSource filled = NewSignal();
    private long taken; // readings that have left, in whichever way: the number of the oldest one
    private long dropped;

    /// <summary>How many readings wait.</summary>
    public int Count
    {
        get
        {
            lock (gate) return readings.Count;
        }
    }

    /// <summary>Adds a reading.</summary>
    /// <returns>Whether the oldest one had to go for it.</returns>
    public bool Add(HostReading reading)
    {
        lock (gate)
        {
            var isFull = readings.Count >= capacity;
            if (isFull)
            {
                readings.Dequeue();
                taken++;
                dropped++;
            }

            readings.Enqueue(reading);
            filled.TrySetResult();
            return isFull;
        }
    }

    /// <summary>Looks at the oldest readings; they stay until <see cref="Remove"/>.</summary>
    /// <param name="most">How many at most.</param>
    public BufferedBatch Peek(int most)
    {
        lock (gate) return new(taken, [.. readings.Take(most)]);
    }

    /// <summary>Removes a batch that <see cref="Peek"/> showed; those of it that were dropped meanwhile are gone already.</summary>
    public void Remove(BufferedBatch batch)
    {
        lock (gate)
        {
            for (var end = batch.First + batch.Readings.Count; taken < end; taken++) readings.Dequeue();
            if (readings.Count == 0) filled = NewSignal();
        }
    }

    /// <summary>How many readings were let go since the last time that this was asked.</summary>
    public long TakeDropped()
    {
        lock (gate)
        {
            var count = dropped;
            dropped = 0;
            return count;
        }
    }

    /// <summary>Waits until there is a reading.</summary>
    public Task WhenFilledAsync(CancellationToken stop)
    {
        lock (gate) return filled.Task.WaitAsync(stop);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Readings as <see cref="ReadingBuffer.Peek"/> showed them.</summary>
/// <param name="First">Number of the first one since the agent started.</param>
/// <param name="Readings">Oldest first.</param>
internal sealed record BufferedBatch(long First, IReadOnlyList<HostReading> Readings);
