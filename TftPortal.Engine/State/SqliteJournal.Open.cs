using Microsoft.Data.Sqlite;

namespace TftPortal.Engine.State;

// How a damaged journal is put aside, at a start and while it runs.
internal sealed partial class SqliteJournal
{
    /// <summary>Opens or creates it; a damaged one is put aside and begun anew.</summary>
    /// <param name="paths">Where it lies.</param>
    /// <param name="now">The time, for the name of what is put aside.</param>
    /// <param name="damage">Why it was put aside; null where it was not.</param>
    /// <exception cref="SqliteException">It can't be opened or created, or is in use.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public static SqliteJournal Open(StatePaths paths, DateTimeOffset now, out string? damage)
    {
        damage = null;
        try
        {
            return new(paths.Journal);
        }
        catch (SqliteException damaged) when (JournalFault.IsDamage(damaged))
        {
            damage = damaged.Message;
            SetAside(paths.Journal, now);
            return new(paths.Journal);
        }
    }

    private static void SetAside(string path, DateTimeOffset now)
    {
        foreach (var file in (ReadOnlySpan<string>)[path, path + "-wal"])
        {
            if (File.Exists(file)) File.Move(file, StatePaths.Damaged(file, now), overwrite: true);
        }

        File.Delete(path + "-shm");
    }
}
