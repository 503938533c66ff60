using Microsoft.Data.Sqlite;

namespace TftPortal.Engine.State;

/// <summary>What a failure of SQLite means for the journal.</summary>
internal static class JournalFault
{
    private const int InputOutput = 10; // SQLITE_IOERR
    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int Full = 13; // SQLITE_FULL
    private const int NotDatabase = 26; // SQLITE_NOTADB
    private const long NoSpaceBytes = 1 << 20;

    /// <summary>Whether the database itself is damaged: no second try will help.</summary>
    public static bool IsDamage(Exception fault) => fault is SqliteException { SqliteErrorCode: Corrupt or NotDatabase };

    /// <summary>Whether it can't be read any further.</summary>
    public static bool EndsReading(SqliteException fault) => IsDamage(fault) || fault.SqliteErrorCode == InputOutput;

    /// <summary>The failure for an operator.</summary>
    /// <param name="fault">What was caught.</param>
    /// <param name="path">The database.</param>
    public static JournalFailedException Of(Exception fault, string path)
    {
        if (IsDamage(fault)) return new($"the journal is damaged ({fault.Message.TrimEnd('.')}) and is being begun anew", isDiskFull: false, fault);
        var isFull = fault is SqliteException { SqliteErrorCode: Full } || IsDiskFull(path);
        return new(isFull ? "the disk is full" : $"the journal can't be written: {fault.Message}", isFull, fault);
    }

    private static bool IsDiskFull(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace < NoSpaceBytes;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // the fault at hand is told, and says more
        }
    }
}
