namespace TftPortal.Notifications.Delivery;

/// <summary>Rings when there may be something to do, so that nobody has to ask often.</summary>
internal sealed class Bell
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it rings the next time. Taken before one looks, or what comes between is missed.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Ring() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits until it rings, or a time is over.</summary>
    public static async Task WaitAsync(Task ring, TimeSpan atMost, TimeProvider clock, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(ring, Task.Delay(atMost, clock, over.Token));
        await over.CancelAsync(); // the timer goes with it
        stop.ThrowIfCancellationRequested();
    }
}
