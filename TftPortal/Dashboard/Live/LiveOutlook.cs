using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Dashboard.Live;

/// <summary>
/// A browser's one subscription to the feed, shared by everything on its page. It watches only while somebody follows and the browser is
/// connected, and ends with the circuit.
/// </summary>
internal sealed class LiveOutlook(OutlookFeed feed) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Func<FleetOutlook, Task>> followers = [];
    private CancellationTokenSource? watching;
    private bool paused;
    private bool disposed;

    /// <summary>The newest picture.</summary>
    public FleetOutlook Latest => feed.Latest;

    /// <summary>Calls back with every new picture until the result is disposed.</summary>
    /// <param name="show">Shows a picture; it must not throw, since it would end the others' pictures too.</param>
    public IDisposable Follow(Func<FleetOutlook, Task> show)
    {
        lock (gate)
        {
            followers.Add(show);
            Adjust();
        }

        return new Following(this, show);
    }

    /// <summary>Nobody sees the page: the connection is lost.</summary>
    public void Pause() => SetPaused(true);

    /// <summary>The page is seen again: it receives the newest picture at once.</summary>
    public void Resume() => SetPaused(false);

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Adjust();
        }
    }

    private void SetPaused(bool value)
    {
        lock (gate)
        {
            paused = value;
            Adjust();
        }
    }

    private void Unfollow(Func<FleetOutlook, Task> show)
    {
        lock (gate)
        {
            followers.Remove(show);
            Adjust();
        }
    }

    /// <summary>Starts or ends the subscription, as the state demands. Called under the gate.</summary>
    private void Adjust()
    {
        var wanted = !disposed && !paused && followers.Count > 0;
        if (wanted == watching is not null) return;
        if (wanted)
        {
            watching = new();
            _ = WatchAsync(watching.Token);
            return;
        }

        watching!.Cancel();
        watching.Dispose();
        watching = null;
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        await Task.Yield(); // leaves the gate: a follower may unfollow in its callback
        try
        {
            await foreach (var picture in feed.WatchAsync(stop))
            {
                foreach (var show in Followers()) await show(picture);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Paused, or the page is gone.
        }
    }

    private Func<FleetOutlook, Task>[] Followers()
    {
        lock (gate) return [.. followers];
    }

    private sealed class Following(LiveOutlook live, Func<FleetOutlook, Task> show) : IDisposable
    {
        public void Dispose() => live.Unfollow(show);
    }
}
