using System.Collections.Immutable;

namespace TftPortal.Engine.State;

/// <summary>A migration as the journal's database remembers it: so that later starts can say what became of a file without opening it.</summary>
/// <param name="Migration">What became of it.</param>
/// <param name="SizeBytes">Size of the file then.</param>
/// <param name="ModifiedAt">When it had last been written, ticks UTC.</param>
internal sealed record NotedMigration(StateMigration Migration, long SizeBytes, long ModifiedAt)
{
    /// <summary>The table.</summary>
    public const string Table = """
        CREATE TABLE IF NOT EXISTS migrations(number INTEGER PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL, servers INTEGER NOT NULL,
          records INTEGER NOT NULL, refused INTEGER NOT NULL, refusal TEXT, kept TEXT, size INTEGER NOT NULL, modified INTEGER NOT NULL);
        """;

    private const int Most = 50;

    /// <summary>Whether the file is still the one that this tells of, by size and time of writing: it is not opened.</summary>
    public bool IsOf(FileInfo file) => file.Length == SizeBytes && file.LastWriteTimeUtc.Ticks == ModifiedAt;

    /// <summary>Remembers it; of a pickle only what became of it last, for it stays where it is and may be tried at every start.</summary>
    public void Write(JournalDatabase database) => database.InTransaction(() =>
    {
        using var forget = database.Command("DELETE FROM migrations WHERE file = $0 AND kind = $1 AND kept IS NULL", Migration.File, Migration.Kind);
        forget.ExecuteNonQuery();
        using var insert = database.Command(
            "INSERT INTO migrations(file, kind, time, servers, records, refused, refusal, kept, size, modified) VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)",
            Migration.File, Migration.Kind, Migration.Time.ToUnixTimeMilliseconds(), Migration.Servers, Migration.Records, Migration.RefusedRecords,
            (object?)Migration.Refusal ?? DBNull.Value, (object?)Migration.Kept ?? DBNull.Value, SizeBytes, ModifiedAt);
        insert.ExecuteNonQuery();
        using var old = database.Command("DELETE FROM migrations WHERE number NOT IN (SELECT number FROM migrations ORDER BY number DESC LIMIT $0)", Most);
        old.ExecuteNonQuery();
    });

    /// <summary>All of them, the newest last.</summary>
    public static ImmutableArray<NotedMigration> Read(JournalDatabase database)
    {
        using var command = database.Command("SELECT file, kind, time, servers, records, refused, refusal, kept, size, modified FROM migrations ORDER BY number");
        using var rows = command.ExecuteReader();
        var found = ImmutableArray.CreateBuilder<NotedMigration>();
        while (rows.Read())
        {
            found.Add(new(
                new(rows.GetString(0), rows.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)), rows.GetInt32(3), rows.GetInt64(4), rows.GetInt64(5),
                    rows.IsDBNull(6) ? null : rows.GetString(6), rows.IsDBNull(7) ? null : rows.GetString(7)),
                rows.GetInt64(8), rows.GetInt64(9)));
        }

        return found.ToImmutable();
    }
}
