using Parquet;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>
/// Writes generations of the state file. At every moment a whole one is on disk: a new one is written beside, flushed, noted in the journal, and only then takes the name,
/// its predecessor becoming the previous one; then the folder is flushed. One save at a time.
/// </summary>
internal sealed class SnapshotStore(StatePaths paths, IFeedJournal journal, StateKeeper keeper, TimeProvider clock)
{
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
            var (size, hash) = await WriteAsync(image, sequence);
            var before = keeper.Report.Generations;
            var number = before.IsEmpty ? 1 : before.Max(generation => generation.Number) + 1;
            var saved = new SavedGeneration(
                Path.GetFileName(paths.File), number, image.Tick, sequence, image.Servers.Length, image.Records, image.Time, size, clock.GetElapsedTime(started), hash);
            journal.Note(saved);
            var hasPrevious = TakeThePlace();
            var previous = hasPrevious && !before.IsEmpty ? before[0] with { File = Path.GetFileName(paths.Previous) } : null;
            keeper.Change(now => now with { Generations = previous is null ? [saved] : [saved, previous] });
            if (previous is not null) journal.Trim(Math.Min(previous.Sequence, sequence));
            keeper.Change(now => now with { Journal = journal.Figures });
            return saved;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JournalFailedException or ParquetException)
        {
            throw new StateNotSavedException($"The state can't be saved: {fault.Message.TrimEnd('.')}. The journal holds what came since the last save.", fault);
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

    private bool TakeThePlace()
    {
        if (File.Exists(paths.File)) File.Move(paths.File, paths.Previous, overwrite: true);
        File.Move(paths.Unfinished, paths.File, overwrite: true);
        DiskFlush.Folder(paths.Folder);
        return File.Exists(paths.Previous);
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
