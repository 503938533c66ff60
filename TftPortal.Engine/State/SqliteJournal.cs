using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using Microsoft.Data.Sqlite;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>The journal on SQLite. A failed write is tried again by the next, on a database opened anew: after a failed flush nothing that is cached is to be trusted.</summary>
internal sealed class SqliteJournal : IFeedJournal
{
    private const int TrimPiece = 2_000;
    private const int FreePiece = 1_000;
    private const int Full = 13; // SQLITE_FULL
    private const int InputOutput = 10; // SQLITE_IOERR
    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NotDatabase = 26; // SQLITE_NOTADB
    private const long NoSpaceBytes = 1 << 20;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private JournalDatabase? database;
    private long next;
    private long doubtfulFrom = long.MaxValue; // batches of a failed commit may be there all the same
    private JournalFigures figures;

    /// <summary>Opens or creates it.</summary>
    /// <exception cref="SqliteException">It can't be opened, is damaged, or is in use.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public SqliteJournal(string path)
    {
        this.path = path;
        database = new(path);
        next = Math.Max(database.Number("SELECT MAX(seq) FROM batches"), database.Number("SELECT MAX(seq) FROM generations")) + 1;
        figures = new(database.Number("SELECT COUNT(*) FROM batches"), database.SizeBytes, database.Number("SELECT MIN(seq) FROM batches"), next - 1);
    }

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
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is Corrupt or NotDatabase)
        {
            damage = damaged.Message;
            SetAside(paths.Journal, now);
            return new(paths.Journal);
        }
    }

    /// <inheritdoc/>
    public JournalFigures Figures => Volatile.Read(ref figures);

    /// <inheritdoc/>
    public long Append(IReadOnlyList<ReadingBatch> batches, long receivedAt)
    {
        lock (gate)
        {
            var first = next;
            next += batches.Count; // a sequence is never used twice, whatever becomes of this
            Try(journal => journal.InTransaction(() => Insert(journal, batches, receivedAt, first)), () => doubtfulFrom = Math.Min(doubtfulFrom, first));
            doubtfulFrom = long.MaxValue;
            Report(batches.Count, Figures.OldestSequence == 0 ? first : Figures.OldestSequence);
            return first;
        }
    }

    /// <inheritdoc/>
    public void Note(SavedGeneration generation)
    {
        lock (gate) Try(journal => journal.Note(generation));
    }

    /// <inheritdoc/>
    public void Trim(long upTo)
    {
        for (var trimmed = TrimPiece; trimmed == TrimPiece;)
        {
            lock (gate)
            {
                Try(journal =>
                {
                    using var delete = journal.Command("DELETE FROM batches WHERE seq IN (SELECT seq FROM batches WHERE seq <= $0 ORDER BY seq LIMIT $1)", upTo, TrimPiece);
                    trimmed = delete.ExecuteNonQuery();
                    journal.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({FreePiece})"));
                    Report(-trimmed, journal.Number("SELECT MIN(seq) FROM batches"));
                });
            }
        }
    }

    /// <summary>Hands out the batches after a sequence, in order. One that is damaged is left out, and said; where the database itself is damaged, it ends there.</summary>
    /// <param name="after">The last one not wanted.</param>
    /// <param name="apply">Takes a batch and when it came in, milliseconds since 1970 UTC.</param>
    public JournalReading Read(long after, Action<ReadingBatch, long> apply)
    {
        lock (gate)
        {
            var reading = new JournalReading();
            try
            {
                using var select = database!.Command("SELECT seq, body, hash FROM batches WHERE seq > $0 ORDER BY seq", after);
                using var rows = select.ExecuteReader();
                while (rows.Read()) reading.Take(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetInt64(2), apply);
            }
            catch (SqliteException damaged) when (damaged.SqliteErrorCode is InputOutput or Corrupt or NotDatabase)
            {
                reading.Broken = damaged.Message;
            }

            return reading;
        }
    }

    /// <summary>Puts the database aside and begins a new one that knows the same generations. What was in it must be saved at once.</summary>
    /// <exception cref="SqliteException">The new one can't be created.</exception>
    public void Renew(DateTimeOffset now, IReadOnlyList<SavedGeneration> generations)
    {
        lock (gate)
        {
            database?.Dispose();
            SetAside(path, now);
            database = new(path);
            foreach (var generation in generations.Reverse()) database.Note(generation);
            figures = new(0, database.SizeBytes, 0, next - 1);
        }
    }

    /// <summary>The generations noted, the newest first.</summary>
    public IReadOnlyList<SavedGeneration> Generations(string file)
    {
        lock (gate) return database!.Generations(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            database?.Dispose();
            database = null;
        }
    }

    /// <summary>A batch's hash: XXH3 of its body with its sequence as seed, so that a row in another's place is damaged too.</summary>
    internal static long HashOf(long sequence, ReadOnlySpan<byte> body) => (long)XxHash3.HashToUInt64(body, sequence);

    private static void SetAside(string path, DateTimeOffset now)
    {
        foreach (var file in (ReadOnlySpan<string>)[path, path + "-wal"])
        {
            if (File.Exists(file)) File.Move(file, StatePaths.Damaged(file, now), overwrite: true);
        }

        File.Delete(path + "-shm");
    }

    private void Insert(JournalDatabase journal, IReadOnlyList<ReadingBatch> batches, long receivedAt, long first)
    {
        if (doubtfulFrom < first)
        {
            using var undo = journal.Command("DELETE FROM batches WHERE seq >= $0", doubtfulFrom);
            undo.ExecuteNonQuery();
        }

        using var insert = journal.Command("INSERT INTO batches(seq, records, body, hash) VALUES($0, $1, $2, $3)", 0L, 0L, Array.Empty<byte>(), 0L);
        for (var index = 0; index < batches.Count; index++)
        {
            buffer.ResetWrittenCount();
            BatchCodec.Write(buffer, batches[index], receivedAt);
            insert.Parameters[0].Value = first + index;
            insert.Parameters[1].Value = (long)batches[index].Count;
            insert.Parameters[2].Value = buffer.WrittenSpan.ToArray();
            insert.Parameters[3].Value = HashOf(first + index, buffer.WrittenSpan);
            insert.ExecuteNonQuery();
        }
    }

    private void Try(Action<JournalDatabase> write, Action? failed = null)
    {
        try
        {
            write(database ??= new(path));
        }
        catch (Exception fault) when (fault is SqliteException or IOException or InvalidDataException)
        {
            failed?.Invoke();
            database?.Dispose();
            database = null;
            var isFull = fault is SqliteException { SqliteErrorCode: Full } || IsDiskFull();
            throw new JournalFailedException(isFull ? "the disk is full" : $"the journal can't be written: {fault.Message}", isFull, fault);
        }
    }

    private bool IsDiskFull()
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

    private void Report(int added, long oldest) =>
        Volatile.Write(ref figures, new(Figures.Batches + added, database!.SizeBytes, oldest, next - 1));
}
