using System.Globalization;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>
/// Takes over what another system left: the pickle, its Parquet file, one of ours from elsewhere. The file as it was stays for good; what became of it is remembered and said at every start,
/// so that a refused pickle does not fall silent once there is a state beside it. It is known again by its size and time, for it is never opened then.
/// </summary>
internal sealed class Takeover(
    StatePaths paths, SqliteJournal journal, SnapshotStore store, ForeignFiles foreign, LegacyImage legacy, StateKeeper keeper, TimeProvider clock, ILogger<Takeover> logger)
{
    private string Pickle => Path.GetFileName(paths.Pickle);

    private string HowToRead => string.Create(CultureInfo.InvariantCulture,
        $"To have it read: stop the portal, move {Path.GetFileName(paths.File)} and {Path.GetFileName(paths.Previous)} away where they exist, and start it again.");

    /// <summary>Says what earlier starts took over or refused.</summary>
    public void Recall() => keeper.Change(now => now with
    {
        Migrations = [.. journal.Migrations.Select(noted => noted.Migration).Select(migration => migration.Kept is { } kept && !File.Exists(Path.Combine(paths.Folder, kept)) ? migration with { Kept = null } : migration)],
    });

    /// <summary>Reads one of our own from elsewhere; null where it is of another format.</summary>
    /// <exception cref="LegacyRefusedException">It can't be read, or is not as it was written.</exception>
    public async Task<WindowImage?> OursAsync(string file, bool isOriginal)
    {
        if (await foreign.ReadOursAsync(file) is not { } ours) return null;
        Log.Foreign(logger, file);
        if (isOriginal) Report(new(Path.GetFileName(file), "parquet 2.0", clock.GetUtcNow(), ours.Servers.Length, ours.Records, 0, Refusal: null, Keep(file)), file);
        return ours;
    }

    /// <summary>Reads the old daemon's Parquet.</summary>
    /// <exception cref="LegacyRefusedException">It is not read.</exception>
    public Task<WindowImage> ParquetAsync(string file) => TakeAsync(file, "parquet 1.0", foreign.ReadParquetAsync, Keep);

    /// <summary>Reads the pickle; null where it is refused.</summary>
    public async Task<WindowImage?> PickleAsync()
    {
        try
        {
            return await TakeAsync(paths.Pickle, "pickle", foreign.ReadPickleAsync, _ => null);
        }
        catch (LegacyRefusedException refused)
        {
            keeper.Tell(StateMatter.Pickle, new(StateHealth.Repaired, $"{Pickle} was not read: {refused.Message} The portal began without it. {HowToRead}"));
            return null;
        }
    }

    /// <summary>Says what is to be said of a pickle beside a Parquet, which wins: it is not opened.</summary>
    public void Beside()
    {
        var file = new FileInfo(paths.Pickle);
        if (!file.Exists) return;
        var noted = journal.Migrations.LastOrDefault(noted => noted.Migration.Kind == "pickle" && noted.Migration.File == Pickle);
        var isSame = noted?.IsOf(file) == true;
        if (noted is { Migration.Refusal: { } refusal })
        {
            var became = isSame ? "It is still there as it was." : $"It was changed since, and not looked at: {Path.GetFileName(paths.File)} is there, and wins.";
            Log.Refused(logger, Pickle, noted.Migration.Time, refusal, became, HowToRead);
            keeper.Tell(StateMatter.Pickle, new(StateHealth.Repaired, string.Create(CultureInfo.InvariantCulture, $"{Pickle} was refused on {noted.Migration.Time:u}: {refusal} {became} {HowToRead} Or delete it, if it is not wanted.")));
        }
        else if (!isSame)
        {
            var why = $"It {(noted is null ? "was never read" : "was changed since it was read")}: {Path.GetFileName(paths.File)} is there, and wins. {HowToRead}";
            Log.Ignored(logger, Pickle, why);
            keeper.Change(now => now with { Migrations = now.Migrations.Add(new(Pickle, "pickle", clock.GetUtcNow(), 0, 0, 0, why)) });
        }
    }

    private async Task<WindowImage> TakeAsync(string file, string kind, Func<string, IProgress<LegacyProgress>, Task<LegacyState>> read, Func<string, string?> keep)
    {
        var name = Path.GetFileName(file);
        try
        {
            var state = await read(file, new MigrationProgress(name, clock, logger));
            var image = legacy.Of(state, clock.GetUtcNow());
            Log.Migrated(logger, name, image.Records, image.Servers.Length, state.RefusedRecords);
            Report(new(name, kind, clock.GetUtcNow(), image.Servers.Length, image.Records, state.RefusedRecords, Refusal: null, keep(file)), file);
            return image;
        }
        catch (LegacyRefusedException refused)
        {
            Log.NotMigrated(logger, name, refused.Message);
            Report(new(name, kind, clock.GetUtcNow(), 0, 0, 0, refused.Message), file);
            throw;
        }
    }

    // The next save keeps it before it writes anything, and as long as that fails saves nothing. A start that was cut off in between may have kept it already.
    private string Keep(string file)
    {
        var length = new FileInfo(file).Length;
        var kept = paths.AllKept().FirstOrDefault(one => new FileInfo(one).Length == length && HashingStream.HashOf(one) == HashingStream.HashOf(file)) ?? paths.Kept(clock.GetUtcNow());
        store.Original = (file, kept);
        return Path.GetFileName(kept);
    }

    private void Report(StateMigration migration, string path)
    {
        keeper.Change(now => now with { Migrations = now.Migrations.RemoveAll(earlier => earlier.File == migration.File && earlier.Kind == migration.Kind && earlier.Kept == migration.Kept).Add(migration) });
        try
        {
            var file = new FileInfo(path);
            journal.Note(new NotedMigration(migration, file.Length, file.LastWriteTimeUtc.Ticks));
        }
        catch (Exception fault) when (fault is JournalFailedException or IOException)
        {
            Log.NotNoted(logger, migration.File, fault.Message);
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(4, LogLevel.Information, "Migrated {File}: {Readings} readings of {Servers} servers; {Refused} records were no valid readings.")]
    public static partial void Migrated(ILogger logger, string file, long readings, int servers, int refused);

    [LoggerMessage(5, LogLevel.Error, "{File} was not read: {Reason}")]
    public static partial void NotMigrated(ILogger logger, string file, string reason);

    [LoggerMessage(6, LogLevel.Warning, "{File} was not written by this portal, or its journal was lost; it is whole, and was read.")]
    public static partial void Foreign(ILogger logger, string file);

    [LoggerMessage(11, LogLevel.Error, "{File} was refused on {Time:u}: {Reason} {Became} {WhatToDo}")]
    public static partial void Refused(ILogger logger, string file, DateTimeOffset time, string reason, string became, string whatToDo);

    [LoggerMessage(12, LogLevel.Warning, "{File} is not read. {Why}")]
    public static partial void Ignored(ILogger logger, string file, string why);

    [LoggerMessage(13, LogLevel.Warning, "What became of {File} can't be noted, and the next start will not know it: {Reason}")]
    public static partial void NotNoted(ILogger logger, string file, string reason);
}
