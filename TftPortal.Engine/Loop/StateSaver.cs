using System.Collections.Immutable;
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
    private static readonly TimeSpan SliceAgainAfter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan HealAgainAfter = TimeSpan.FromSeconds(1); // readings are refused as long

    /// <summary>Servers of an image that are taken at a time: about 2 ms.</summary>
    private const int Slice = 500;

    private readonly List<TaskCompletionSource<SavedGeneration>> waiting = [];
    private Save? taking; // its image is not whole yet
    private long lastSlice;
    private Task running = Task.CompletedTask;
    private long unsaved; // readings applied since the image that was last saved, or is being saved
    private long last = clock.GetTimestamp();
    private volatile bool hasFailed;

    /// <summary>Whether an image is being taken.</summary>
    public bool IsTaking => taking is not null;

    /// <summary>Notes that a batch was applied.</summary>
    public void Applied(int readings) => Interlocked.Add(ref unsaved, readings);

    /// <summary>Whether a save should begin now.</summary>
    /// <param name="applied">The journal's last batch that is in the window.</param>
    public bool IsDue(long applied)
    {
        while (keeper.Wanted.TryRead(out var wanted)) waiting.Add(wanted);
        if (store is null) Refuse();
        if (store is null || taking is not null || !running.IsCompleted) return false;
        var age = clock.GetElapsedTime(last);
        if (store.HasDamagedJournal) return store.CanHeal(applied) && (!hasFailed || age >= HealAgainAfter);
        if (hasFailed) return waiting.Count > 0 || age >= TimeSpan.FromSeconds(Math.Min(RetryAfter.TotalSeconds, options.SaveSeconds));
        return waiting.Count > 0 || (Interlocked.Read(ref unsaved) is > 0 and var readings && (age >= TimeSpan.FromSeconds(options.SaveSeconds) || readings >= options.SaveRecords));
    }

    /// <summary>Begins to save an image, which is taken by <see cref="TakeMore"/>.</summary>
    /// <param name="image">The image, just begun.</param>
    /// <param name="sequence">The journal's last batch that is in it.</param>
    public void Begin(ImageTaking image, long sequence)
    {
        taking = new(image, sequence, Interlocked.Exchange(ref unsaved, 0), [.. waiting]);
        waiting.Clear();
        last = lastSlice = clock.GetTimestamp();
    }

    /// <summary>Takes a slice of the image, and has it written once it is whole. Readings come first: while some wait, a slice in 20 ms, so that it ends all the same.</summary>
    /// <param name="isIdle">Whether no reading waits.</param>
    /// <returns>Whether it took one and more is left.</returns>
    public bool TakeMore(bool isIdle)
    {
        if (taking is not { } save || (!isIdle && clock.GetElapsedTime(lastSlice) < SliceAgainAfter)) return false;
        save.Image.Take(Slice);
        lastSlice = clock.GetTimestamp();
        if (!save.Image.IsOver) return true;
        taking = null;
        var image = save.Image.Finish();
        running = Task.Run(() => SaveAsync(image, save));
        return false;
    }

    /// <summary>Waits for a running save, and saves what came after it. An image that is not whole is not waited for: the last one has it all.</summary>
    public async Task EndAsync(Func<ImageTaking> image, long sequence)
    {
        await running;
        keeper.Close();
        if (taking is { } left)
        {
            taking = null;
            left.Image.LetGo();
            waiting.AddRange(left.Served);
            Interlocked.Add(ref unsaved, left.Readings);
        }

        _ = IsDue(sequence); // takes in who waits
        if (store is null || (Interlocked.Read(ref unsaved) == 0 && !hasFailed && !store.HasDamagedJournal && waiting.Count == 0)) return;
        Begin(image(), sequence);
        while (TakeMore(isIdle: true))
        {
            // Nobody waits any more but the process itself.
        }

        await running;
    }

    private async Task SaveAsync(WindowImage image, Save save)
    {
        try
        {
            var saved = await store!.SaveAsync(image, save.Sequence);
            hasFailed = false;
            keeper.Tell(StateMatter.Saving, null);
            Log.Saved(logger, saved.Records, saved.Servers, saved.File, saved.Duration.TotalMilliseconds);
            foreach (var one in save.Served) one.TrySetResult(saved);
        }
        catch (Exception fault)
        {
            // Whatever it is, the journal has what the image had, and the next save tries again.
            if (!hasFailed) Log.NotSaved(logger, fault, fault.Message);
            hasFailed = true;
            Interlocked.Add(ref unsaved, save.Readings);
            keeper.Tell(StateMatter.Saving, new(StateHealth.SaveFailing, fault.Message));
            foreach (var one in save.Served) one.TrySetException(fault as StateNotSavedException ?? new("The state can't be saved.", fault));
        }
    }

    private void Refuse()
    {
        foreach (var one in waiting) one.TrySetException(new StateNotSavedException("Nothing is kept on disk: this engine has no state file."));
        waiting.Clear();
    }

    /// <summary>A save that was begun.</summary>
    /// <param name="Image">What is saved.</param>
    /// <param name="Sequence">The journal's last batch that is in it.</param>
    /// <param name="Readings">How many readings it has that the one before had not.</param>
    /// <param name="Served">Who asked for it.</param>
    private sealed record Save(ImageTaking Image, long Sequence, long Readings, ImmutableArray<TaskCompletionSource<SavedGeneration>> Served);
}

internal static partial class Log
{
    [LoggerMessage(5, LogLevel.Information, "Saved {Records} readings of {Servers} servers to {File} in {Milliseconds:F0} ms.")]
    public static partial void Saved(ILogger logger, long records, int servers, string file, double milliseconds);

    [LoggerMessage(6, LogLevel.Error, "{Reason} It is tried again within 10 s.")]
    public static partial void NotSaved(ILogger logger, Exception fault, string reason);
}
