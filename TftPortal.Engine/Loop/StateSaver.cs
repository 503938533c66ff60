using Microsoft.Extensions.Logging;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Loop;

/// <summary>When the state is saved: by time, by new readings, on demand, at the end. Belongs to the loop; the saving itself runs beside it, one at a time.</summary>
/// <param name="store">Where to; null where nothing is kept on disk.</param>
/// <param name="keeper">Who asks for saves, and is told.</param>
/// <param name="options">How often.</param>
/// <param name="clock">Its steady count of time, not its time of day.</param>
/// <param name="logger">Told of failures.</param>
internal sealed class StateSaver(SnapshotStore? store, StateKeeper keeper, StateOptions options, TimeProvider clock, ILogger<StateSaver> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly List<TaskCompletionSource<SavedGeneration>> waiting = [];
    private Task running = Task.CompletedTask;
    private long unsaved; // readings applied since the image that was last saved, or is being saved
    private long last = clock.GetTimestamp();
    private volatile bool hasFailed;

    /// <summary>Notes that a batch was applied.</summary>
    public void Applied(int readings) => Interlocked.Add(ref unsaved, readings);

    /// <summary>Whether a save should begin now.</summary>
    public bool IsDue()
    {
        while (keeper.Wanted.TryRead(out var wanted)) waiting.Add(wanted);
        if (store is null) Refuse();
        if (store is null || !running.IsCompleted) return false;
        var age = clock.GetElapsedTime(last);
        if (hasFailed) return waiting.Count > 0 || age >= TimeSpan.FromSeconds(Math.Min(RetryAfter.TotalSeconds, options.SaveSeconds));
        return waiting.Count > 0 || (Interlocked.Read(ref unsaved) is > 0 and var readings && (age >= TimeSpan.FromSeconds(options.SaveSeconds) || readings >= options.SaveRecords));
    }

    /// <summary>Begins to save an image.</summary>
    public void Begin(WindowImage image, long sequence)
    {
        TaskCompletionSource<SavedGeneration>[] served = [.. waiting];
        waiting.Clear();
        var readings = Interlocked.Exchange(ref unsaved, 0);
        last = clock.GetTimestamp();
        running = Task.Run(() => SaveAsync(image, sequence, readings, served));
    }

    /// <summary>Waits for a running save, and saves what came after it.</summary>
    public async Task EndAsync(Func<WindowImage> image, long sequence)
    {
        await running;
        keeper.Close();
        _ = IsDue(); // takes in who waits
        if (store is not null && (Interlocked.Read(ref unsaved) > 0 || hasFailed || waiting.Count > 0)) Begin(image(), sequence);
        await running;
    }

    private async Task SaveAsync(WindowImage image, long sequence, long readings, TaskCompletionSource<SavedGeneration>[] served)
    {
        try
        {
            var saved = await store!.SaveAsync(image, sequence);
            hasFailed = false;
            keeper.Tell(StateMatter.Saving, null);
            Log.Saved(logger, saved.Records, saved.Servers, saved.File, saved.Duration.TotalMilliseconds);
            foreach (var one in served) one.TrySetResult(saved);
        }
        catch (Exception fault)
        {
            // Whatever it is, the journal has what the image had, and the next save tries again.
            if (!hasFailed) Log.NotSaved(logger, fault, fault.Message);
            hasFailed = true;
            Interlocked.Add(ref unsaved, readings);
            keeper.Tell(StateMatter.Saving, new(StateHealth.SaveFailing, fault.Message));
            foreach (var one in served) one.TrySetException(fault as StateNotSavedException ?? new("The state can't be saved.", fault));
        }
    }

    private void Refuse()
    {
        foreach (var one in waiting) one.TrySetException(new StateNotSavedException("Nothing is kept on disk (State:File)."));
        waiting.Clear();
    }
}

internal static partial class Log
{
    [LoggerMessage(5, LogLevel.Information, "Saved {Records} readings of {Servers} servers to {File} in {Milliseconds:F0} ms.")]
    public static partial void Saved(ILogger logger, long records, int servers, string file, double milliseconds);

    [LoggerMessage(6, LogLevel.Error, "{Reason} It is tried again within 10 s.")]
    public static partial void NotSaved(ILogger logger, Exception fault, string reason);
}
