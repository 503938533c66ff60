namespace TftPortal.Engine.History;

/// <summary>A table's files as a table of SQL.</summary>
internal static class HistoryReading
{
    /// <summary>The rows of some days, each once: the latest where a day's parts have it more than once.</summary>
    /// <param name="table">Which table.</param>
    /// <param name="days">Their files.</param>
    /// <param name="where">Which of them, by columns of the key alone, for it is asked before the rows are told apart.</param>
    /// <returns>A question in parentheses, with the table's columns.</returns>
    public static string Source(this HistoryTable table, IReadOnlyCollection<HistoryDay> days, string where = "true")
    {
        var whole = days.Where(day => day.IsWhole).SelectMany(day => day.Files).ToList();
        var parted = days.Where(day => !day.IsWhole).SelectMany(day => day.Files).ToList();
        List<string> sources = [];
        if (whole.Count > 0) sources.Add($"SELECT {table.Names} FROM {Files(whole)} WHERE {where}");
        if (parted.Count > 0) sources.Add($"SELECT {table.Names} FROM {Files(parted)} WHERE {where} QUALIFY row_number() OVER (PARTITION BY {table.KeyNames} ORDER BY {HistoryTable.Part} DESC) = 1");
        if (sources.Count == 0) sources.Add($"SELECT {string.Join(", ", table.Columns.Select(column => $"CAST(NULL AS {column.Type}) AS {column.Name}"))} WHERE false");
        return $"({string.Join(" UNION ALL ", sources)})";
    }

    /// <summary>Files as they are, with every row that is in them.</summary>
    public static string Files(IEnumerable<DayFile> files) => $"read_parquet([{string.Join(", ", files.Select(file => Duck.Text(file.Path)))}], hive_partitioning = false, union_by_name = true)";
}
