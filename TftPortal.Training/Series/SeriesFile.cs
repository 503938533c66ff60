using System.Globalization;
using System.IO.Compression;
using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Series;

/// <summary>
/// Reads <c>server,ts</c> and any of the 14 metric columns (blank = missing, UTC) from CSV, gzipped or not, onto the 5-minute grid.
/// <c>profile</c>, where there is such a column, is what the server is for; a blank one, or none, is generic. <c>cpu_total_pct</c> is taken as 100 − <c>cpu_idle_pct</c>; other columns are left alone.
/// </summary>
internal static class SeriesFile
{
    private const string CpuTotal = "cpu_total_pct";

    /// <summary>Reads a file. A server's series begins at its first row's step and ends at its last row's; a step without a row is missing.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a value is not readable: names file, line, column and value.</exception>
    /// <param name="path">The file.</param>
    /// <param name="steps">Another grid than that of 5 minutes.</param>
    public static SeriesSet Read(string path, StepGrid? steps = null)
    {
        using var reader = OpenText(path);
        var header = (reader.ReadLine() ?? throw new InvalidDataException($"{path} is empty; a header line with server, ts and metric names is needed.")).Split(',');
        int server = Column("server"), time = Column("ts"), profile = Array.IndexOf(header, "profile");
        var columns = header.Select((name, index) => (name, index))
            .Where(column => column.name == CpuTotal || MetricCatalog.TryFind(column.name, out _))
            .Select(column => (column.index, metric: column.name == CpuTotal ? Metric.CpuIdlePercent : MetricOf(column.name), isTotal: column.name == CpuTotal))
            .OrderBy(column => column.metric).ToArray();
        if (columns.Length == 0) throw new InvalidDataException($"{path} has no metric column; known are {string.Join(", ", MetricCatalog.All.Select(metric => metric.Name))} and {CpuTotal}.");
        if (columns.Select(column => column.metric).Distinct().Count() < columns.Length) throw new InvalidDataException($"{path} has both {CpuTotal} and cpu_idle_pct; give one.");

        var rows = new Dictionary<string, List<(long Step, float[] Values)>>(StringComparer.Ordinal);
        var profiles = new Dictionary<string, ServerProfile>(StringComparer.Ordinal);
        var grid = steps ?? new((int)SeriesSet.Step.TotalSeconds);
        var number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0) continue;
            var cells = line.Split(',');
            if (cells.Length != header.Length) throw new InvalidDataException($"{path}:{number} has {cells.Length} cells; the header has {header.Length}.");
            if (!DateTimeOffset.TryParse(cells[time], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                throw new InvalidDataException($"{path}:{number} ts is '{cells[time]}'; an ISO 8601 time is needed.");
            var values = new float[columns.Length];
            for (var i = 0; i < columns.Length; i++) values[i] = Value(cells[columns[i].index], columns[i].isTotal, number, header[columns[i].index]);
            if (!rows.TryGetValue(cells[server], out var list)) rows[cells[server]] = list = [];
            list.Add((grid.StepOf(moment), values));
            if (profile >= 0 && cells[profile].Length > 0)
                profiles[cells[server]] = WireNames.TryParse(cells[profile], out ServerProfile known) ? known : throw new InvalidDataException($"{path}:{number} profile is '{cells[profile]}'; known are {string.Join(", ", WireNames.Profiles)}, and nothing.");
        }

        return new(Path.GetFileName(path), [.. columns.Select(column => column.metric)], [.. rows.Select(pair => Align(pair.Key, profiles.GetValueOrDefault(pair.Key), pair.Value, grid))]);

        int Column(string name)
        {
            var index = Array.IndexOf(header, name);
            return index >= 0 ? index : throw new InvalidDataException($"{path} has no column {name}; it has {string.Join(", ", header)}.");
        }

        float Value(string cell, bool isTotal, int line, string column)
        {
            if (cell.Length == 0) return float.NaN;
            if (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value))
                throw new InvalidDataException($"{path}:{line} {column} is '{cell}'; a finite number or nothing is needed.");
            return isTotal ? 100 - value : value;
        }
    }

    /// <summary>Opens a text file, gzipped where its name ends in .gz.</summary>
    public static StreamReader OpenText(string path)
    {
        var file = File.OpenRead(path);
        return new(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static ServerSeries Align(string server, ServerProfile profile, List<(long Step, float[] Values)> rows, StepGrid grid)
    {
        long first = rows.Min(row => row.Step), last = rows.Max(row => row.Step);
        var metrics = rows[0].Values.Length;
        var values = new float[metrics][];
        for (var metric = 0; metric < metrics; metric++)
        {
            values[metric] = new float[last - first + 1];
            values[metric].AsSpan().Fill(float.NaN);
            foreach (var row in rows) values[metric][row.Step - first] = row.Values[metric];
        }

        return new(server, profile, grid.StartOf(first), values);
    }

    private static Metric MetricOf(string name)
    {
        MetricCatalog.TryFind(name, out var definition);
        return definition.Metric;
    }
}
