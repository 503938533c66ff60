using System.Globalization;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>
/// What a start finds on disk becomes the window: the newest generation that is whole, or another program's file, then what the journal holds behind it.
/// What is damaged is put aside and said; the state is then saved at once, so that the next start finds it whole.
/// </summary>
internal sealed class StateStart(
    StatePaths paths, SqliteJournal journal, SnapshotStore store, Takeover takeover, LegacyImage legacy, StateKeeper keeper, WindowLimits limits, TimeProvider clock, ILogger<StateStart> logger)
{
    private readonly List<string> damages = [];
    private bool isLost;
    private bool mustSave;

    /// <summary>Fills the window, which is still empty.</summary>
    /// <param name="window">The window.</param>
    /// <param name="journalDamage">Why the journal was put aside before it was opened; null where it was not.</param>
    public async Task RestoreAsync(FleetWindow window, string? journalDamage)
    {
        if (journalDamage is not null) Damage("the journal", journalDamage);
        File.Delete(paths.Unfinished); // a save that did not end
        var noted = journal.Generations(Path.GetFileName(paths.File));
        takeover.Recall();
        store.LastNumber = noted.Select(generation => generation.Number).DefaultIfEmpty().Max();
        var after = await FindAsync(window, noted, journalIsOurs: journalDamage is null);
        Replay(window, after, noted);
        keeper.Change(now => now with { SetAside = [.. paths.SetAside()], Journal = journal.Figures });
        if (damages.Count > 0 || isLost) Tell();
        if (mustSave) await SaveAsync(window.Image(clock.GetUtcNow()), journal.Figures.NewestSequence);
    }

    /// <returns>The journal's last batch that is in what was found.</returns>
    private async Task<long> FindAsync(FleetWindow window, IReadOnlyList<SavedGeneration> noted, bool journalIsOurs)
    {
        var wasThere = File.Exists(paths.File) || File.Exists(paths.Previous);
        if (wasThere) takeover.Beside();
        foreach (var file in (string[])[paths.File, paths.Previous])
        {
            if (!File.Exists(file)) continue;
            if (await TryReadAsync(window, file, noted, journalIsOurs) is { } sequence) return sequence;
        }

        if (!wasThere && File.Exists(paths.Pickle))
        {
            if (await takeover.PickleAsync() is { } image) await BeginAsync(window, image);
        }
        else if (wasThere || noted.Count > 0) isLost = mustSave = true;
        return 0;
    }

    private async Task<long?> TryReadAsync(FleetWindow window, string file, IReadOnlyList<SavedGeneration> noted, bool journalIsOurs)
    {
        try
        {
            if (noted.FirstOrDefault(generation => generation.Hash == HashingStream.HashOf(file)) is { } known)
            {
                await using var stream = File.OpenRead(file);
                var (image, _) = await SnapshotReader.ReadAsync(stream);
                Resume(window, image);
                Keep(file, known, noted);
                return known.Sequence;
            }

            // Where the journal was lost its hash is not known, and it is ours all the same.
            if (await takeover.OursAsync(file, isOriginal: journalIsOurs) is not { } ours)
            {
                await BeginAsync(window, await takeover.ParquetAsync(file));
                return 0;
            }

            Resume(window, ours);
            mustSave = true; // its hash is not known here: it came from elsewhere, or the journal was lost
            return 0; // everything in the journal may be new to it
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            SetAside(file, damaged.Message);
            return null;
        }
    }

    // As it was, before the window forgets what is too old.
    private async Task BeginAsync(FleetWindow window, WindowImage image)
    {
        Resume(window, image);
        await SaveAsync(image, sequence: 0);
    }

    private void Resume(FleetWindow window, WindowImage image) => window.Resume(image.Grid == limits.Grid ? image : legacy.OnOurGrid(image));

    // The report names what is on disk: the file read, and the one before it if it was not that one.
    private void Keep(string file, SavedGeneration known, IReadOnlyList<SavedGeneration> noted)
    {
        if (file == paths.Previous)
        {
            mustSave = true;
            keeper.Change(now => now with { Generations = [known with { File = Path.GetFileName(file) }] });
            return;
        }

        var length = File.Exists(paths.Previous) ? new FileInfo(paths.Previous).Length : -1;
        var before = noted.FirstOrDefault(generation => generation.Number < known.Number && generation.SizeBytes == length);
        keeper.Change(now => now with { Generations = before is null ? [known] : [known, before with { File = Path.GetFileName(paths.Previous) }] });
    }

    private void Replay(FleetWindow window, long after, IReadOnlyList<SavedGeneration> noted)
    {
        var started = clock.GetTimestamp();
        var failed = 0;
        var reading = journal.Read(after, (batch, receivedAt) =>
        {
            try
            {
                window.Apply(batch, DateTimeOffset.FromUnixTimeMilliseconds(receivedAt));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                failed++; // its sender was told that it failed then, too
                Log.BatchFailed(logger, fault, batch.Count);
            }
        });
        if (reading.Broken is not null) journal.Renew(clock.GetUtcNow(), noted);
        if (reading.Broken is not null || reading.Damaged > 0) Damage("the journal", reading.EndedBecause);
        keeper.Change(now => now with { Replay = new(reading.Batches, reading.Records, reading.Damaged + failed, clock.GetElapsedTime(started), reading.EndedBecause) });
        if (reading.Batches > 0) Log.Replayed(logger, reading.Batches, reading.Records, clock.GetElapsedTime(started).TotalSeconds);
    }

    private void SetAside(string file, string reason)
    {
        var name = StatePaths.Damaged(file, clock.GetUtcNow());
        File.Move(file, name, overwrite: true);
        DiskFlush.Folder(paths.Folder);
        Damage(Path.GetFileName(file), $"{reason.TrimEnd('.')}; it was put aside as {Path.GetFileName(name)}");
    }

    private void Damage(string what, string reason)
    {
        Log.Damaged(logger, what, reason);
        damages.Add($"{what}: {reason.TrimEnd('.')}");
        mustSave = true;
    }

    private void Tell()
    {
        var replay = keeper.Report.Replay!;
        var whatIsLeft = isLost
            ? string.Create(CultureInfo.InvariantCulture, $"No generation of the state could be read: the portal began with the {Readings(replay.Records)} that the journal held. Older ones may be gone.")
            : "What was left made the state whole again.";
        if (isLost) Log.Lost(logger, replay.Records);
        keeper.Tell(StateMatter.Start, new(isLost ? StateHealth.JournalOnly : StateHealth.Repaired, $"At the last start: {(damages.Count > 0 ? string.Join("; ", damages) : "the state file was gone")}. {whatIsLeft}"));
    }

    private static string Readings(long count) => count == 1 ? "one reading" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} readings");

    private async Task SaveAsync(WindowImage image, long sequence)
    {
        try
        {
            await store.SaveAsync(image, sequence);
        }
        catch (StateNotSavedException failed)
        {
            Log.NotSaved(logger, failed.Message);
            keeper.Tell(StateMatter.Saving, new(StateHealth.SaveFailing, failed.Message));
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Damaged at the start: {What}: {Reason}.")]
    public static partial void Damaged(ILogger logger, string what, string reason);

    [LoggerMessage(2, LogLevel.Information, "Applied {Batches} batches with {Records} readings from the journal again, in {Seconds:F2} s.")]
    public static partial void Replayed(ILogger logger, long batches, long records, double seconds);

    [LoggerMessage(3, LogLevel.Critical, "No generation of the state could be read: the portal begins with what the journal held alone. Readings in it: {Records}.")]
    public static partial void Lost(ILogger logger, long records);

    [LoggerMessage(7, LogLevel.Error, "{Reason}")]
    public static partial void NotSaved(ILogger logger, string reason);

    [LoggerMessage(8, LogLevel.Error, "A batch of {Readings} readings in the journal could not be applied; the others are.")]
    public static partial void BatchFailed(ILogger logger, Exception fault, int readings);
}
