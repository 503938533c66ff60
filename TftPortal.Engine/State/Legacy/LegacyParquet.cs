using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using TftPortal.Engine.Fleet;
using static System.FormattableString;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Reads version 1.0 of the state file, the old daemon's own: a row a record, in columns as pandas names them, and the rest in the key-value metadata.
/// Only the columns that a reading has are asked for.
/// </summary>
internal sealed class LegacyParquet(RecordJudge judge, TimeProvider clock)
{
    /// <summary>The version that is read.</summary>
    public const string Version = "1.0";

    private const int LongestText = 300; // behind what any field of a reading may hold

    // A record's fields in CONTRACT.md, and those of version 1 of the feed: a record that has only these is refused with their successors' names.
    private static readonly string[] Fields =
        ["timestamp", "server_name", "status", "state", "profile", .. MetricCatalog.All.Select(metric => metric.Name), "cpu_pct", "mem_pct", "disk_io_mb_s", "latency_ms"];

    /// <summary>Reads it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <exception cref="LegacyRefusedException">It is not of this version, or too large.</exception>
    public LegacyState Read(ForeignParquet file, IProgress<LegacyProgress>? progress)
    {
        var metadata = file.Metadata();
        var version = Text(metadata, "format_version");
        if (version != Version) throw Schema($"its format_version is {Shown(version)}, not {Version}");
        var tick = Count(Text(metadata, "tick_count"), "tick_count");
        var timesteps = Timesteps(Text(metadata, "server_timesteps"));

        var columns = Columns(file);
        var rows = Rows(file, columns.Count);
        using var records = new LegacyRecords(judge, rows);
        if (rows > 0)
        {
            if (columns.Find(column => column.Name is "server_name").Name is null) throw Schema("it has no column server_name");
            var done = 0;
            file.Query($"SELECT {string.Join(", ", columns.Select(column => column.Sql))} FROM {file.Table}", row =>
            {
                if (done % 1_000 == 0) progress?.Report(new(LegacyStage.Judging, done, rows));
                if (++done > rows) throw new LegacyRefusedException(LegacyRefusal.Malformed, Invariant($"The Parquet file has more rows than the {rows} it says"));
                Take(row, columns, records);
            });
        }

        records.Complete();
        return new()
        {
            Readings = records.Readings,
            TickCount = tick,
            ServerTimesteps = timesteps,
            Timestamp = LegacyTime.Read(metadata.GetValueOrDefault("timestamp"), clock.LocalTimeZone),
            RefusedRecords = records.Refused,
            Reasons = records.Reasons,
        };
    }

    private static void Take(DuckDBDataReader row, List<Column> columns, LegacyRecords records)
    {
        records.Begin();
        for (var i = 0; i < columns.Count; i++)
        {
            if (row.IsDBNull(i)) continue;
            var name = columns[i].Name;
            switch (columns[i].Kind)
            {
                case PickleKind.Text: records.Field(name, row.GetString(i)); break;
                case PickleKind.Integer: records.Field(name, row.GetInt64(i)); break;
                case PickleKind.Boolean: records.Field(name, row.GetBoolean(i)); break;
                default: records.Field(name, row.GetDouble(i)); break;
            }
        }

        records.End();
    }

    private static List<Column> Columns(ForeignParquet file)
    {
        List<Column> columns = [];
        file.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {file.Table})", row =>
        {
            var (name, type) = (row.GetString(0), row.GetString(1));
            if (Fields.Contains(name, StringComparer.Ordinal)) columns.Add(Column.Of(name, type) ?? throw Schema($"its column {name} is of type {Shown(type)}"));
        });
        return columns;
    }

    private static int Rows(ForeignParquet file, int columns)
    {
        long rows = 0;
        file.Query($"SELECT num_rows FROM parquet_file_metadata({file.Path})", row => rows = row.GetInt64(0));
        if (rows < 0) throw new LegacyRefusedException(LegacyRefusal.Malformed, Invariant($"The Parquet file says that it has {rows} rows"));
        if (rows > PickleLimits.Values / Math.Max(1, columns))
            throw new LegacyRefusedException(LegacyRefusal.Limit, Invariant($"The Parquet file has {rows:N0} records of {columns} fields; {PickleLimits.Values:N0} values are read"));
        return (int)rows;
    }

    private static Dictionary<string, long> Timesteps(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Schema("server_timesteps is no object");
            var timesteps = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                timesteps[entry.Name] = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt64(out var count) && count >= 0
                    ? count
                    : throw Schema("server_timesteps holds what is no integer from 0 to 2^63 − 1");
            }

            return timesteps;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // a name with half a surrogate pair is the latter
        {
            throw Schema("server_timesteps is no JSON");
        }
    }

    private static long Count(string text, string key) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Schema($"{key} is no integer from 0 to 2^63 − 1");

    private static string Text(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var value) ? value : throw Schema($"its metadata has no {key}");

    private static string Shown(string text) => PickleText.Shown(text[..Math.Min(text.Length, 40)]);

    private static LegacyRefusedException Schema(string reason) => new(LegacyRefusal.Schema, $"The Parquet file is no state of the old daemon: {reason}");

    /// <summary>A column that is read.</summary>
    /// <param name="Name">The field.</param>
    /// <param name="Kind">What its values are read as.</param>
    /// <param name="Sql">How they are asked for.</param>
    private readonly record struct Column(string Name, PickleKind Kind, string Sql)
    {
        public static Column? Of(string name, string type)
        {
            var column = ForeignParquet.Name(name);
            return type switch
            {
                "DOUBLE" => new(name, PickleKind.Real, column),
                "BIGINT" => new(name, PickleKind.Integer, column),
                "BOOLEAN" => new(name, PickleKind.Boolean, column),
                "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" or "UINTEGER" => new(name, PickleKind.Integer, $"{column}::BIGINT"),
                "FLOAT" or "UBIGINT" or "HUGEINT" => new(name, PickleKind.Real, $"{column}::DOUBLE"),
                _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) => new(name, PickleKind.Real, $"{column}::DOUBLE"),
                "VARCHAR" => new(name, PickleKind.Text, Invariant($"left({column}, {LongestText})")),
                _ when type == "DATE" || type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => new(name, PickleKind.Text, Invariant($"left({column}::VARCHAR, {LongestText})")),
                "\"NULL\"" => new(name, PickleKind.Integer, $"NULL::BIGINT"),
                _ => null,
            };
        }
    }
}
