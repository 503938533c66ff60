using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>
/// Makes one file of a day's parts, sums the hours of days that are over, and forgets what is older than the settings keep. On one thread of DuckDB, beside the loop, which it never makes wait.
/// </summary>
internal sealed class Compaction(HistoryStore store, HistoryOptions options)
{
    /// <summary>From how many files on the running day's are made one: an hour's parts of 5 minutes, and the day's own.</summary>
    public const int ManyFiles = 13;

    /// <summary>Does what there is to do.</summary>
    /// <param name="now">The time.</param>
    /// <param name="stop">Ends it between two files, or within one; nothing is lost by that.</param>
    /// <returns>How many files were written.</returns>
    /// <exception cref="IOException">A file can't be written; those before it are.</exception>
    public int Run(DateTimeOffset now, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var written = 0;
        var known = DaysWithReadings();
        foreach (var table in HistoryTable.All)
        {
            Forget(table, known, today, table == HistoryTable.Steps ? options.StepDays : options.HourlyDays);
            foreach (var day in store.Of(table).Days().Where(day => day.Day < today ? !day.IsWhole : day.Files.Count >= ManyFiles))
            {
                stop.ThrowIfCancellationRequested();
                Merge(table, day, stop);
                written++;
            }
        }

        var summed = store.Of(HistoryTable.Hours).Days().ToDictionary(day => day.Day, day => File.GetLastWriteTimeUtc(day.Files[0].Path));
        foreach (var day in store.Of(HistoryTable.Steps).Days().Where(day => day.Day < today && day.IsWhole))
        {
            stop.ThrowIfCancellationRequested();
            if (summed.TryGetValue(day.Day, out var at) && at >= File.GetLastWriteTimeUtc(day.Files[0].Path)) continue;
            SumHours(day, stop);
            written++;
        }

        return written;
    }

    private void Merge(HistoryTable table, HistoryDay day, CancellationToken stop)
    {
        using var duck = store.Open(threads: 1);
        var rows = $"SELECT {table.Names}, {HistoryTable.Part} FROM {HistoryReading.Files(day.Files)} QUALIFY row_number() OVER (PARTITION BY {table.KeyNames} ORDER BY {HistoryTable.Part} DESC) = 1 ORDER BY {table.KeyNames}";
        HistoryStore.Save(duck, rows, store.Of(table).PathOf(day.Day), stop);
        foreach (var part in day.Files.Where(file => file.Part > 0)) File.Delete(part.Path);
    }

    private void SumHours(HistoryDay day, CancellationToken stop)
    {
        using var duck = store.Open(threads: 1);
        var metrics = string.Join(", ", MetricCatalog.All.Select(metric => metric.Name).Select(name => $"avg({name})::FLOAT AS {name}, min({name}) AS {name}_min, max({name}) AS {name}_max"));
        var rows = $"SELECT server, date_trunc('hour', ts) AS ts, any_value(profile) AS profile, count(*)::USMALLINT AS steps, {metrics}, max({HistoryTable.Part}) AS {HistoryTable.Part} FROM {HistoryReading.Files(day.Files)} GROUP BY server, date_trunc('hour', ts) ORDER BY server, ts";
        HistoryStore.Save(duck, rows, store.Of(HistoryTable.Hours).PathOf(day.Day), stop);
    }

    // The newest first.
    private List<DateOnly> DaysWithReadings() =>
        [.. store.Of(HistoryTable.Steps).Days().Concat(store.Of(HistoryTable.Hours).Days()).Select(day => day.Day).Distinct().OrderDescending()];

    // A day goes when it is too old by the clock and as many later days have readings: a clock that is years ahead, even one that readings follow for a day, costs a day and not the archive.
    private void Forget(HistoryTable table, List<DateOnly> known, DateOnly today, int days)
    {
        if (known.Count <= days) return;
        var oldest = today.AddDays(-days);
        foreach (var file in store.Of(table).Days(DateOnly.MinValue, (known[days] < oldest ? known[days] : oldest).AddDays(-1)).SelectMany(day => day.Files)) File.Delete(file.Path);
    }
}
