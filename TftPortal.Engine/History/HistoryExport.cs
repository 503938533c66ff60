using System.Globalization;

namespace TftPortal.Engine.History;

/// <summary>The forms that a table can be taken along in.</summary>
public enum ExportFormat { Csv, Parquet }

/// <summary>A table to take along.</summary>
/// <param name="Table">One of <see cref="Tables"/>.</param>
/// <param name="Range">Rows whose time is in it.</param>
/// <param name="Server">Rows of this server alone; null for all. The fleet's table has no servers.</param>
/// <param name="Format">In which form.</param>
public sealed record HistoryExport(string Table, HistoryRange Range, string? Server, ExportFormat Format)
{
    /// <summary>The tables: steps, hours, alerts, fleet.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. HistoryTable.All.Select(table => table.Name)];

    /// <summary>A name for the file: what is in it, and of when.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"tft-{Table}-{Range.From.UtcDateTime:yyyyMMdd'T'HHmm'Z'}-{Range.To.UtcDateTime:yyyyMMdd'T'HHmm'Z'}.{(Format == ExportFormat.Csv ? "csv" : "parquet")}");

    /// <summary>Its media type.</summary>
    public string MediaType => Format == ExportFormat.Csv ? "text/csv; charset=utf-8; header=present" : "application/vnd.apache.parquet";

    /// <summary>Writes it into files, a day at a time where the form lets one follow the other, and deletes each once it is asked for the next.</summary>
    internal async IAsyncEnumerable<string> FilesAsync(HistoryPlace place, Func<Func<HistoryTables, string>, Task<string>> ask)
    {
        var folder = Path.Combine(place.Folder, HistoryFolders.Exports, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            var (first, last) = Range.Days;
            var path = Path.Combine(folder, "piece");
            if (Format == ExportFormat.Parquet)
            {
                yield return await ask(tables => Write(tables, first, last, path, isFirst: true));
                yield break;
            }

            for (var day = first; day <= last; day = day.AddDays(1))
            {
                var here = day;
                yield return await ask(tables => Write(tables, here, here, path, isFirst: here == first));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Write(HistoryTables tables, DateOnly first, DateOnly last, string path, bool isFirst)
    {
        var table = HistoryTable.All.Single(known => known.Name == Table);
        var columns = string.Join(", ", table.Columns.Select(column => Format == ExportFormat.Csv ? AsText(column) : column.Name));
        var where = string.Create(CultureInfo.InvariantCulture, $"{table.Time} >= TIMESTAMP '{Range.From.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}' AND {table.Time} < TIMESTAMP '{Range.To.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'");
        if (Server is not null && table != HistoryTable.Fleet) where += $" AND server = {Duck.Text(Server)}";
        var form = Format == ExportFormat.Csv ? $"FORMAT csv, HEADER {(isFirst ? "true" : "false")}" : "FORMAT parquet, COMPRESSION zstd";
        // What isn't of the key is told apart first: an alert's server and start never change, so they may be asked for either way.
        tables.Duck.Run($"COPY (SELECT {columns} FROM {tables.Source(table, first, last)} WHERE {where} ORDER BY {table.KeyNames}) TO {Duck.Text(path)} ({form})", tables.Stop);
        return path;
    }

    // Times with their zone; and a text that a spreadsheet would take for a formula is made one that it does not.
    private static string AsText(HistoryColumn column) => column.Type switch
    {
        "TIMESTAMP" => $"strftime({column.Name}, '%Y-%m-%dT%H:%M:%SZ') AS {column.Name}",
        "VARCHAR" => $"CASE WHEN regexp_matches({column.Name}, '^[=+@\\t\\r\\-]') THEN '''' || {column.Name} ELSE {column.Name} END AS {column.Name}",
        _ => column.Name,
    };
}
