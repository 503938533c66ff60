using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>The journal on SQLite. A failed write is tried again by the next, on a database opened anew: after a failed flush nothing that is cached is to be trusted.</summary>
internal sealed partial class SqliteJournal : IFeedJournal
{
    private const int TrimPiece = 2_000;
    private const int FreePiece = 1_000;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly BatchTable batches = new();
    private JournalDatabase? database;
    private long next;
    private long doubtfulFrom = long.MaxValue; // batches of a failed commit may be there all the same
    private long durable;
    private JournalFigures figures;
    private ImmutableArray<NotedMigration> migrations = [];
    private string? broken; // what was found damaged when it was opened
    private volatile Exception? damage; // what was found damaged while it ran

    /// <summary>Opens or creates it.</summary>
    /// <exception cref="SqliteException">It can't be opened, is damaged, or is in use.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public SqliteJournal(string path)
    {
        this.path = path;
        database = new(path);
        next = Math.Max(NumberOf("SELECT MAX(seq) FROM batches"), NumberOf("SELECT MAX(seq) FROM generations")) + 1;
        durable = next - 1;
        figures = new(NumberOf("SELECT COUNT(*) FROM batches"), database.SizeBytes, NumberOf("SELECT MIN(seq) FROM batches"), durable);
        migrations = ReadAll(NotedMigration.Read);
    }

    /// <inheritdoc/>
    public JournalFigures Figures => Volatile.Read(ref figures);

    /// <inheritdoc/>
    public string? Damage => damage?.Message;

    /// <inheritdoc/>
    public long Durable => Volatile.Read(ref durable);

    /// <summary>What became of other systems' files, the newest last.</summary>
    public ImmutableArray<NotedMigration> Migrations
    {
        get
        {
            lock (gate) return migrations;
        }
    }

    /// <inheritdoc/>
    public long Append(IReadOnlyList<ReadingBatch> group, long receivedAt)
    {
        lock (gate)
        {
            var first = next;
            next += group.Count; // a sequence is never used twice, whatever becomes of this
            Try(journal => journal.InTransaction(() => batches.Insert(journal, group, receivedAt, first, doubtfulFrom)), () => doubtfulFrom = Math.Min(doubtfulFrom, first));
            doubtfulFrom = long.MaxValue;
            Volatile.Write(ref durable, next - 1);
            Report(group.Count, Figures.OldestSequence == 0 ? first : Figures.OldestSequence);
            return first;
        }
    }

    /// <inheritdoc/>
    public void Note(SavedGeneration generation)
    {
        lock (gate) Try(journal => journal.Note(generation));
    }

    /// <summary>Remembers what became of another system's file.</summary>
    /// <exception cref="JournalFailedException">It could not be written; it is remembered until this portal ends.</exception>
    public void Note(NotedMigration migration)
    {
        lock (gate)
        {
            migrations = migrations.Add(migration);
            Try(journal =>
            {
                migration.Write(journal);
                migrations = NotedMigration.Read(journal);
            });
        }
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
            var reading = new JournalReading { Broken = broken };
            try
            {
                BatchTable.Read(database!, after, reading, apply);
            }
            catch (SqliteException damaged) when (JournalFault.EndsReading(damaged))
            {
                reading.Broken = damaged.Message;
            }

            next = Math.Max(next, reading.Last + 1);
            durable = next - 1;
            return reading;
        }
    }

    /// <inheritdoc/>
    public void Renew(DateTimeOffset now, IReadOnlyList<SavedGeneration> generations)
    {
        lock (gate)
        {
            database?.Dispose();
            database = null;
            SetAside(path, now);
            Try(journal =>
            {
                foreach (var generation in generations.Reverse()) journal.Note(generation);
                foreach (var migration in migrations) migration.Write(journal);
            }, isNew: true);
            (broken, damage, doubtfulFrom) = (null, null, long.MaxValue);
            Volatile.Write(ref figures, new(0, database!.SizeBytes, 0, next - 1));
        }
    }

    /// <summary>The generations noted, the newest first.</summary>
    public IReadOnlyList<SavedGeneration> Generations(string file)
    {
        lock (gate) return ReadAll(journal => journal.Generations(file));
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

    // A database that is damaged somewhere may still give most of its batches.
    private long NumberOf(string sql) => ReadAll<long>(journal => [journal.Number(sql)]) is [var number] ? number : 0;

    private ImmutableArray<T> ReadAll<T>(Func<JournalDatabase, ImmutableArray<T>> read)
    {
        try
        {
            return read(database!);
        }
        catch (SqliteException damaged) when (JournalFault.EndsReading(damaged))
        {
            broken = damaged.Message;
            return [];
        }
    }

    private void Try(Action<JournalDatabase> write, Action? failed = null, bool isNew = false)
    {
        try
        {
            if (damage is { } known && !isNew) throw known; // whatever part of it still works: nothing more is entrusted to it
            write(database ??= new(path));
        }
        catch (Exception fault) when (fault is SqliteException or IOException or InvalidDataException)
        {
            failed?.Invoke();
            database?.Dispose();
            database = null;
            if (JournalFault.IsDamage(fault)) damage = fault;
            throw JournalFault.Of(fault, path);
        }
    }

    private void Report(int added, long oldest) =>
        Volatile.Write(ref figures, new(Figures.Batches + added, database!.SizeBytes, oldest, next - 1));
}
