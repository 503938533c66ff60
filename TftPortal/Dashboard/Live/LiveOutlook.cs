using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Dashboard.Live;

/// <summary>
/// A browser's one subscription to the feed, shared by everything on its page. It watches only while somebody follows and the browser is
/// connected, and ends with the circuit. A tab in the background is shown nothing until it is looked at again, but what rings for alerts is.
/// </summary>
internal sealed class LiveOutlook(OutlookFeed feed) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Following> followers = [];
    private CancellationTokenSource? watching;
    private bool paused;
    private bool isUnseen;
    private bool disposed;

    /// <summary>The newest picture.</summary>
    public FleetOutlook Latest => feed.Latest;

    /// <summary>Calls back with every new picture until the result is disposed.</summary>
    /// <param name="show">Shows a picture; it must not throw, since it would end the others' pictures too.</param>
    /// <param name="evenUnseen">Whether it wants pictures while its tab is in the background, too.</param>
    public IDisposable Follow(Func<FleetOutlook, Task> show, bool evenUnseen = false)
    {
        var following = new Following(this, show, evenUnseen);
        lock (gate)
        {
            followers.Add(following);
            Adjust();
        }

        return following;
    }

    /// <summary>The page's tab has gone to the background, or has come back: then it receives the newest picture at once.</summary>
    public void SetSeen(bool isSeen)
    {
        lock (gate)
        {
            if (isUnseen != isSeen) return;
            isUnseen = !isSeen;
            if (isUnseen || watching is null) return;
            End();
            Adjust();
        }
    }

    /// <summary>Nobody sees the page: the connection is lost.</summary>
    public void Pause() => SetPaused(true);

    /// <summary>The page is seen again: it receives the newest picture at once.</summary>
    public void Resume()
    {
        lock (gate) isUnseen = false; // what the browser said while it was away was not heard; it says it again
        SetPaused(false);
    }

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

    private void Unfollow(Following following)
    {
        lock (gate)
        {
            followers.Remove(following);
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

        End();
    }

    private void End()
    {
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
                foreach (var one in Followers()) await one.Show(picture);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Paused, or the page is gone.
        }
    }

    private Following[] Followers()
    {
        lock (gate) return [.. followers.Where(following => following.EvenUnseen || !isUnseen)];
    }

    private sealed class Following(LiveOutlook live, Func<FleetOutlook, Task> show, bool evenUnseen) : IDisposable
    {
        public Func<FleetOutlook, Task> Show => show;

        public bool EvenUnseen => evenUnseen;

        public void Dispose() => live.Unfollow(this);
    }
}
