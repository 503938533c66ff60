using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Series;

/// <summary>
/// Reads the Server Machine Dataset's CSV (SOURCE.md beside it): columns scaled 0–1 by their publisher, no calendar. Mapped cpu_r → 100·(1 − x) idle, mem_u → 100·x,
/// eth1 in and out → 10·x, load_1 → 10·x: the network scales by itself, so only the shape of the series is learned.
/// </summary>
internal static class SmdFile
{
    private static readonly (string Column, Metric Metric, float Factor)[] Columns =
    [
        ("cpu_r", Metric.CpuIdlePercent, -100),
        ("mem_u", Metric.MemUsedPercent, 100),
        ("eth1_fi", Metric.NetInMegabytesPerSecond, 10),
        ("eth1_fo", Metric.NetOutMegabytesPerSecond, 10),
        ("load_1", Metric.LoadAverage, 10),
    ];

    /// <summary>Reads a file; leaves out the newest days of each machine.</summary>
    public static SeriesSet Read(string path, int heldOutDays)
    {
        using var reader = SeriesFile.OpenText(path);
        var header = (reader.ReadLine() ?? "").Split(',');
        var indices = Columns.Select(column => Array.IndexOf(header, column.Column)).ToArray();
        if (indices.Contains(-1)) throw new InvalidDataException($"{path} lacks one of the columns {string.Join(", ", Columns.Select(column => column.Column))}.");
        var machines = new Dictionary<string, List<float>[]>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (!machines.TryGetValue(cells[0], out var lists)) machines[cells[0]] = lists = [.. Columns.Select(_ => new List<float>())];
            for (var i = 0; i < Columns.Length; i++)
            {
                var value = float.Parse(cells[indices[i]], CultureInfo.InvariantCulture) * Columns[i].Factor;
                lists[i].Add(Columns[i].Factor < 0 ? 100 + value : value);
            }
        }

        var start = new DateTimeOffset(2019, 1, 7, 0, 0, 0, TimeSpan.Zero); // a Monday: the real days are unknown
        return new(Path.GetFileName(path), [.. Columns.Select(column => column.Metric)],
            [.. machines.Select(machine => new ServerSeries(machine.Key, ServerProfile.Generic, start, [.. machine.Value.Select(list => list[..^(heldOutDays * 288)].ToArray())]))]);
    }
}
