using DuckDB.NET.Data;

namespace TftPortal.Engine.History;

/// <summary>The tables of one folder: writes parts, and reads them back as one. What is simulated has a folder of its own, so that it never mixes with what was.</summary>
internal sealed class HistoryStore
{
    private readonly HistoryOptions options;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, DayFolder> folders;
    private long lastPart;

    public HistoryStore(string root, HistoryOptions options, TimeProvider clock)
    {
        (Root, this.options, this.clock) = (root, options, clock);
        folders = HistoryTable.All.ToDictionary(table => table.Name, table => new DayFolder(Path.Combine(root, table.Name)), StringComparer.Ordinal);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>A table's files.</summary>
    public DayFolder Of(HistoryTable table) => folders[table.Name];

    /// <summary>Opens DuckDB on the folder.</summary>
    /// <param name="threads">How many threads; null for as many as a question may have.</param>
    public Duck Open(int? threads = null) => new(Root, options.MemoryMegabytes, threads ?? options.Threads);

    /// <summary>Makes sure that the numbers of parts go on growing. Before the first part.</summary>
    public void Resume()
    {
        Directory.CreateDirectory(Root);
        foreach (var folder in folders.Values)
        {
            folder.Tidy();
            foreach (var file in folder.Days().SelectMany(day => day.Files)) lastPart = Math.Max(lastPart, file.Part);
        }

        using var duck = Open(threads: 1);
        foreach (var folder in folders.Values)
        {
            // A day's own file has no number in its name; its rows have, and may be of a later time than this clock's.
            if (folder.Days().SelectMany(day => day.Files).LastOrDefault(file => file.Part == 0) is { } whole)
                duck.Query($"SELECT coalesce(max({HistoryTable.Part}), 0) FROM {HistoryReading.Files([whole])}", [], row => lastPart = Math.Max(lastPart, row.GetInt64(0)), CancellationToken.None);
        }
    }

    /// <summary>The number of the next part: the time in milliseconds, or one more than the last where that is not more.</summary>
    public long NextPart() => lastPart = Math.Max(lastPart + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Writes a part of a day. It is on disk when this returns, or not at all.</summary>
    /// <param name="table">Which table.</param>
    /// <param name="day">Which day.</param>
    /// <param name="part">Its number.</param>
    /// <param name="fill">Appends the rows.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(HistoryTable table, DateOnly day, long part, Action<DuckDBAppender> fill)
    {
        using var duck = Open(threads: 1);
        duck.Run($"CREATE TABLE rows ({table.Declaration})");
        using (var appender = duck.Append("rows")) fill(appender);
        Save(duck, $"SELECT * FROM rows ORDER BY {table.KeyNames}", Of(table).PathOf(day, part));
    }

    /// <summary>Writes what a question gives to a file, in whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Save(Duck duck, string sql, string path, CancellationToken stop = default) => DayFolder.Place(path, beside =>
    {
        try
        {
            duck.Run($"COPY ({sql}) TO {Duck.Text(beside)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {RowGroup}, PARQUET_VERSION v2)", stop);
        }
        catch (DuckDBException fault) when (fault.Message.Contains("IO Error", StringComparison.Ordinal))
        {
            throw new IOException(fault.Message.ReplaceLineEndings(" "), fault);
        }
    });

    // A server's month reads one row group a day: of 1,000 servers' 288,000 rows a day a thirty-fifth.
    private const int RowGroup = 8_192;
}
