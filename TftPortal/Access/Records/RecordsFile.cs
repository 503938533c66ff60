using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TftPortal.Settings;

namespace TftPortal.Access.Records;

/// <summary>The database's file: made for its owner alone, and brought to this version's form before anything reads it.</summary>
internal sealed class RecordsFile(PortalFolders folders, IDbContextFactory<PortalRecords> records) : IRecordsPlace, IDisposable
{
    public const string FileName = "portal.db";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => FileName;

    public bool IsPrivate => true;

    /// <summary>How to connect.</summary>
    public static string Connection(PortalFolders folders) => new SqliteConnectionStringBuilder { DataSource = Path.Combine(folders.Data, FileName), DefaultTimeout = (int)Patience.TotalSeconds }.ToString();

    /// <summary>Makes the file where there is none, and applies migrations.</summary>
    /// <exception cref="WrongSettingException">The data folder can't be written, or the file is none of ours.</exception>
    public void Open()
    {
        var path = Path.Combine(folders.Data, FileName);
        try
        {
            Directory.CreateDirectory(folders.Data);
            // SQLite gives the files beside it (-wal, -shm) the same mode. Only where there is none: closing a file drops the locks that SQLite holds on it in this process.
            if (!File.Exists(path)) OpenPrivate(path).Dispose();
            using var database = records.CreateDbContext();
            // EF says so only to a file that it makes itself. Without it whoever reads keeps others from writing, and a note for the audit is refused.
            database.Database.ExecuteSqlRaw("PRAGMA journal_mode = 'wal'");
            if (!RecordsVersion.IsOld(database, path)) return;
            using (WaitForTurn($"{path}.lock"))
            {
                // EF's own lock is a row that stays for ever if a process is killed here; our turn is the operating system's, and it ends with the process.
                database.Database.ExecuteSqlRaw("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
                database.Database.Migrate();
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new WrongSettingException($"{path} can't be used ({fault.Message.ReplaceLineEndings(" ")}). TFT_DATA_DIR names a folder that this program may write.");
        }
    }

    /// <summary>Closes the connections that are kept for the next use, so that SQLite tidies up beside the file.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(Connection(folders));
        SqliteConnection.ClearPool(connection);
    }

    private static FileStream WaitForTurn(string path)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenPrivate(path, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System).Wait(); // another process is at it; only ever at a first start
            }
        }
    }

    private static FileStream OpenPrivate(string path, FileShare share = FileShare.ReadWrite)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }
}
