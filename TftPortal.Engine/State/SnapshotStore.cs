using Microsoft.Extensions.Logging;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>
/// Writes generations of the state file. At every moment a whole one is on disk: a new one is written beside, flushed, noted in the journal, and only then takes the name,
/// its predecessor becoming the previous one; then the folder is flushed. One save at a time.
/// </summary>
internal sealed class SnapshotStore(StatePaths paths, IFeedJournal journal, StateKeeper keeper, TimeProvider clock, ILogger<SnapshotStore> logger)
{
    /// <summary>Number of the newest generation so far; the next one's is one more.</summary>
    public long LastNumber { get; set; }

    /// <summary>Whether the journal was found damaged, so that nothing is taken until a save has begun a new one.</summary>
    public bool HasDamagedJournal => journal.Damage is not null;

    /// <summary>Whether that save can be made now.</summary>
    /// <param name="applied">The journal's last batch that is in the window.</param>
    public bool CanHeal(long applied) => HasDamagedJournal && applied >= journal.Durable;

    /// <summary>Another system's file that a save would push out of its place, and the name under which it is kept for good first; null where there is none.</summary>
    public (string File, string Kept)? Original { get; set; }

    /// <summary>Saves an image.</summary>
    /// <param name="image">The window.</param>
    /// <param name="sequence">The journal's last batch that was applied to it.</param>
    /// <exception cref="StateNotSavedException">It could not be written; the generations on disk are as they were.</exception>
    public async Task<SavedGeneration> SaveAsync(WindowImage image, long sequence)
    {
        keeper.Change(now => now with { IsSaving = true });
        var started = clock.GetTimestamp();
        try
        {
            KeepOriginal();
            var (size, hash) = await WriteAsync(image, sequence);
            var before = keeper.Report.Generations;
            var saved = new SavedGeneration(
                Path.GetFileName(paths.File), ++LastNumber, image.Tick, sequence, image.Servers.Length, image.Records, image.Time, size, clock.GetElapsedTime(started), hash);
            var previous = (File.Exists(paths.File) || File.Exists(paths.Previous)) && !before.IsEmpty ? before[0] with { File = Path.GetFileName(paths.Previous) } : null;
            if (IsNoted(saved)) TakeThePlace();
            else Heal(saved, previous);
            keeper.Change(now => now with { Generations = previous is null ? [saved] : [saved, previous] });
            if (previous is not null) journal.Trim(Math.Min(previous.Sequence, sequence));
            keeper.Change(now => now with { Journal = journal.Figures });
            return saved;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var whatNow = HasDamagedJournal ? "Readings are refused until it can." : "The journal holds what came since the last save.";
            throw new StateNotSavedException($"The state can't be saved: {fault.Message.TrimEnd('.')}. {whatNow}", fault);
        }
        finally
        {
            keeper.Change(now => now with { IsSaving = false });
        }
    }

    private async Task<(long Size, string Hash)> WriteAsync(WindowImage image, long sequence)
    {
        try
        {
            await using var file = new FileStream(paths.Unfinished, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
            await using var hashing = new HashingStream(file);
            await SnapshotWriter.WriteAsync(hashing, image, sequence);
            await file.FlushAsync();
            file.Flush(flushToDisk: true);
            return (file.Length, hashing.Hash);
        }
        catch
        {
            Discard();
            throw;
        }
    }

    private bool IsNoted(SavedGeneration saved)
    {
        try
        {
            if (journal.Damage is null) journal.Note(saved);
        }
        catch (JournalFailedException) when (journal.Damage is not null)
        {
            // Found now.
        }

        if (journal.Damage is null) return true;
        if (saved.Sequence >= journal.Durable) return false;
        throw new InvalidDataException($"the journal is damaged ({journal.Damage}), and it was written to since this image was taken; the next image has it all");
    }

    /// <summary>
    /// Begins a new journal: this generation holds everything that the damaged one promised. It takes its place first, so that at every moment a start finds the readings in one of the two;
    /// the hash of a generation that no journal knows yet is no loss, for its rows carry their own.
    /// </summary>
    private void Heal(SavedGeneration saved, SavedGeneration? previous)
    {
        var (reason, now) = (journal.Damage!, clock.GetUtcNow());
        TakeThePlace();
        journal.Renew(now, previous is null ? [saved] : [saved, previous]);
        DiskFlush.Folder(paths.Folder);
        var aside = Path.GetFileName(StatePaths.Damaged(paths.Journal, now));
        keeper.Change(state => state with { SetAside = [.. paths.SetAside().Select(file => file.File == aside ? file with { Reason = reason } : file)] });
        keeper.Tell(StateMatter.Journal, null);
        Log.Healed(logger, reason, aside, saved.Records);
        keeper.Tell(StateMatter.Healed, new(StateHealth.Repaired, $"While the portal ran its journal was found damaged ({reason.TrimEnd('.')}). Everything was saved, the damaged journal was put aside as {aside} and a new one was begun; no reading was lost."));
    }

    // A copy, with the time of the original, and no second name for the same bytes: what is done to the one can't reach the other. Until it is whole it has the name that saves use.
    private void KeepOriginal()
    {
        if (Original is not var (file, kept)) return;
        if (!File.Exists(kept))
        {
            File.Copy(file, paths.Unfinished, overwrite: true);
            using (var copy = File.OpenHandle(paths.Unfinished, access: OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read)) RandomAccess.FlushToDisk(copy);
            File.Move(paths.Unfinished, kept);
            DiskFlush.Folder(paths.Folder);
        }

        Original = null;
    }

    private void TakeThePlace()
    {
        if (File.Exists(paths.File)) File.Move(paths.File, paths.Previous, overwrite: true);
        File.Move(paths.Unfinished, paths.File, overwrite: true);
        DiskFlush.Folder(paths.Folder);
    }

    // The fault at hand is told; a file left over is deleted by the next start, and overwritten by the next save.
    private void Discard()
    {
        try
        {
            File.Delete(paths.Unfinished);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // As said above.
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Error, "The journal was found damaged while running: {Reason}. It was put aside as {File}; all {Records} readings in memory were saved, and a new journal was begun.")]
    public static partial void Healed(ILogger logger, string reason, string file, long records);
}
