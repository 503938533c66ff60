using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace TftPortal.Engine.State;

/// <summary>Opens the folder of the state at the start, or says in one line why it can't be.</summary>
internal static class StateFolder
{
    private const int Busy = 5; // SQLITE_BUSY
    private const int Locked = 6; // SQLITE_LOCKED

    /// <summary>Checks that the folder may be written, and opens the journal in it.</summary>
    /// <exception cref="OptionsValidationException">It can't be used; one line says why.</exception>
    public static SqliteJournal Open(StatePaths paths, DateTimeOffset now, out string? damage)
    {
        try
        {
            Directory.CreateDirectory(paths.Folder);
            CheckWritable(paths);
            var journal = SqliteJournal.Open(paths, now, out damage);
            DiskFlush.Folder(paths.Folder); // a new database is in it for good
            return journal;
        }
        catch (SqliteException used) when (used.SqliteErrorCode is Busy or Locked)
        {
            throw Refused(paths, "another portal that is running uses it");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteException or InvalidDataException)
        {
            throw Refused(paths, fault.Message.TrimEnd('.'));
        }
    }

    // A name in the folder, and the files there are: either may be another owner's.
    private static void CheckWritable(StatePaths paths)
    {
        foreach (var file in (ReadOnlySpan<string>)[paths.File, paths.Previous, paths.Unfinished, paths.Journal])
        {
            if (FileKind.OtherThanFile(file) is { } other) throw new IOException($"{Path.GetFileName(file)} is {other} and no file");
        }

        File.Create(paths.Unfinished).Dispose();
        File.Delete(paths.Unfinished);
        foreach (var file in (ReadOnlySpan<string>)[paths.File, paths.Previous])
        {
            if (File.Exists(file)) File.OpenRead(file).Dispose();
        }
    }

    private static OptionsValidationException Refused(StatePaths paths, string reason) => new("State", typeof(StateOptions),
        [$"The state can't be kept in {paths.Folder}: {reason.ReplaceLineEndings(" ")}. Allowed is a folder of its own where this program may write (TFT_DATA_DIR, PERSISTENCE_FILE)."]);
}
