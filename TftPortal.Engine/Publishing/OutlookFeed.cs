using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Publishing;

/// <summary>The latest picture, and a stream of pictures for whoever watches. A slow watcher loses the pictures in between, never the newest.</summary>
public sealed class OutlookFeed
{
    private readonly ConcurrentDictionary<Channel<FleetOutlook>, byte> watchers = new();
    private FleetOutlook latest;
    private WindowCounts counts;
    private CycleFailure? failure;

    internal OutlookFeed(FleetOutlook first)
    {
        latest = first;
        counts = first.Counts;
    }

    /// <summary>The newest picture.</summary>
    public FleetOutlook Latest => Volatile.Read(ref latest);

    /// <summary>The window's counts after the newest batch: newer than the picture's.</summary>
    public WindowCounts Counts => Volatile.Read(ref counts);

    /// <summary>Why the newest cycle gave no picture; null when it gave one.</summary>
    public CycleFailure? LastFailure => Volatile.Read(ref failure);

    /// <summary>How many watch.</summary>
    public int Watchers => watchers.Count;

    /// <summary>The newest picture at once, then every newer one until the token ends it.</summary>
    public async IAsyncEnumerable<FleetOutlook> WatchAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var frames = Channel.CreateBounded<FleetOutlook>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        watchers.TryAdd(frames, 0);
        try
        {
            var seen = Latest; // registered first: no picture between the two is lost
            yield return seen;
            await foreach (var frame in frames.Reader.ReadAllAsync(stop))
            {
                if (frame.Sequence <= seen.Sequence) continue;
                seen = frame;
                yield return frame;
            }
        }
        finally
        {
            watchers.TryRemove(frames, out _);
        }
    }

    internal void Publish(FleetOutlook outlook)
    {
        Volatile.Write(ref latest, outlook);
        Volatile.Write(ref failure, null);
        foreach (var watcher in watchers.Keys) watcher.Writer.TryWrite(outlook);
    }

    internal void Fail(CycleFailure newest) => Volatile.Write(ref failure, newest);

    internal void Report(WindowCounts newest) => Volatile.Write(ref counts, newest);
}
