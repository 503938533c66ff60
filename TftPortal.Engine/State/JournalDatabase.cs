using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TftPortal.Engine.State;

/// <summary>
/// The journal's SQLite database, open: WAL, every commit flushed to disk, locked for this process alone, so that a second portal on the same folder is refused at once.
/// The lock also keeps SQLite's index of the log in memory and not in a mapped file, where a full disk would end the process. Belongs to one thread at a time.
/// </summary>
internal sealed class JournalDatabase : IDisposable
{
    private const int Format = 1;
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS batches(seq INTEGER PRIMARY KEY, records INTEGER NOT NULL, body BLOB NOT NULL, hash INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS generations(number INTEGER PRIMARY KEY, tick INTEGER NOT NULL, seq INTEGER NOT NULL, servers INTEGER NOT NULL,
          records INTEGER NOT NULL, time INTEGER NOT NULL, size INTEGER NOT NULL, milliseconds INTEGER NOT NULL, hash TEXT NOT NULL);
        """;

    private readonly SqliteConnection connection;
    private readonly string path;

    /// <summary>Opens or creates it.</summary>
    /// <exception cref="SqliteException">It can't be opened, is damaged, or is in use.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public JournalDatabase(string path)
    {
        this.path = path;
        // 1 s is how long SQLite waits for a lock: a portal that was just killed has none, so one that is held belongs to another.
        connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            Run("PRAGMA locking_mode=EXCLUSIVE");
            Run("PRAGMA auto_vacuum=INCREMENTAL"); // counts for a new database only
            Run("PRAGMA journal_mode=WAL");
            Run("PRAGMA synchronous=FULL");
            var format = Number("PRAGMA user_version");
            if (format > Format) throw new InvalidDataException($"{Path.GetFileName(path)} is of format {format}; this version knows {Format}.");
            Run("BEGIN IMMEDIATE"); // takes the lock, for good
            Run(Tables);
            Run(NotedMigration.Table);
            if (format == 0) Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={Format}"));
            Run("COMMIT");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Bytes on disk, the log included.</summary>
    public long SizeBytes => LengthOf(path) + LengthOf(path + "-wal");

    /// <summary>Runs statements that give nothing back.</summary>
    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A number that a statement gives; 0 where it gives none.</summary>
    public long Number(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    /// <summary>A statement with its parameters, in order <c>$0</c>, <c>$1</c>, …</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${index}"), values[index]);
        return command;
    }

    /// <summary>Runs a change as one transaction.</summary>
    public void InTransaction(Action change)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            change();
            Run("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>The generations noted, the newest first.</summary>
    /// <param name="file">The name to show for them.</param>
    public ImmutableArray<SavedGeneration> Generations(string file)
    {
        using var command = Command("SELECT number, tick, seq, servers, records, time, size, milliseconds, hash FROM generations ORDER BY number DESC");
        using var rows = command.ExecuteReader();
        var found = ImmutableArray.CreateBuilder<SavedGeneration>();
        while (rows.Read())
        {
            found.Add(new(
                file, rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3), rows.GetInt64(4), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5)),
                rows.GetInt64(6), TimeSpan.FromMilliseconds(rows.GetInt64(7)), rows.GetString(8)));
        }

        return found.ToImmutable();
    }

    /// <summary>Notes a generation, and forgets all but it and the one before.</summary>
    public void Note(SavedGeneration generation) => InTransaction(() =>
    {
        using var insert = Command(
            "INSERT OR REPLACE INTO generations VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8)", generation.Number, generation.Tick, generation.Sequence, generation.Servers,
            generation.Records, generation.Time.ToUnixTimeMilliseconds(), generation.SizeBytes, (long)generation.Duration.TotalMilliseconds, generation.Hash);
        insert.ExecuteNonQuery();
        // Three: until the renaming is done, the two files on disk are the ones before this one.
        Run("DELETE FROM generations WHERE number NOT IN (SELECT number FROM generations ORDER BY number DESC LIMIT 3)");
    });

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    // A failed statement may have rolled back already.
    private void RollBack()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There was nothing left to roll back.
        }
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : 0;
}
