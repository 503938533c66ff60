using Microsoft.Extensions.Logging.Abstractions;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Simulation;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Past;

/// <summary>A fleet's history as the portal writes it, made by the simulator; and questions about it.</summary>
internal sealed class SimulatedPast(string folder, int servers, int days, TimeProvider clock)
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private readonly StepGrid grid = new(300);
    private readonly HistoryOptions options = new() { StepDays = 3_650, HourlyDays = 3_650 };

    private static readonly DateTimeOffset Start = new(First, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Makes it, a day at a time, where it is not there yet.</summary>
    public (long Steps, long StepBytes, long HourBytes) Make(CancellationToken stop)
    {
        var store = new HistoryStore(folder, options, clock);
        store.Resume();
        var known = store.Of(HistoryTable.Steps).Days().Select(day => day.Day).ToHashSet();
        var fleet = new FleetSimulator(servers, seed: 1);
        var perDay = (int)(TimeSpan.FromDays(1) / grid.Length);
        var values = new float[MetricCatalog.Count];
        for (var day = 0; day < days; day++)
        {
            if (known.Contains(First.AddDays(day))) continue;
            var part = store.NextPart();
            var midnight = Start.AddDays(day);
            store.Write(HistoryTable.Steps, First.AddDays(day), part, rows =>
            {
                foreach (var server in fleet.Servers)
                {
                    for (var step = 0; step < perDay; step++)
                    {
                        stop.ThrowIfCancellationRequested();
                        if (server.Advance(midnight + (step * grid.Length), values)) HistoryRows.Append(rows.CreateRow(), server.Name, server.Profile, midnight + (step * grid.Length), values, 1, part);
                    }
                }
            });
            new Compaction(store, options).Run(midnight.AddDays(1), stop);
            if (day % 10 == 9) Console.Error.WriteLine($"{day + 1} of {days} days");
        }

        return ((long)servers * days * perDay, Bytes("steps"), Bytes("hours"));
    }

    /// <summary>Asks what the page asks.</summary>
    public async Task<List<(string Question, int Points, TimeSpan Time)>> AskAsync(CancellationToken stop)
    {
        var end = Start.AddDays(days);
        using var archive = new HistoryArchive(new(folder), options, grid, new(), clock, NullLogger<HistoryArchive>.Instance);
        HistoryRange week = new(end.AddDays(-7), end), month = new(end.AddDays(-30), end);
        Metric[] four = [Metric.CpuUserPercent, Metric.MemUsedPercent, Metric.NetInMegabytesPerSecond, Metric.NetOutMegabytesPerSecond];
        var server = new FleetSimulator(servers, seed: 1).Servers[servers / 2].Name;
        return
        [
            await TimeAsync("a server's day, 14 metrics", async () => (await archive.ServerAsync(server, new(end.AddDays(-1), end), [], stop)).Times.Length),
            await TimeAsync("a server's week, 14 metrics", async () => (await archive.ServerAsync(server, week, [], stop)).Times.Length),
            await TimeAsync("a server's month, 14 metrics", async () => (await archive.ServerAsync(server, month, [], stop)).Times.Length),
            await TimeAsync("the fleet's week, 4 metrics", async () => (await archive.FleetAsync(week, four, stop)).Metrics.Times.Length),
            await TimeAsync("the fleet's week, 14 metrics", async () => (await archive.FleetAsync(week, [], stop)).Metrics.Times.Length),
            await TimeAsync("the fleet's month, 14 metrics", async () => (await archive.FleetAsync(month, [], stop)).Metrics.Times.Length),
            await TimeAsync("the fleet's report of a week", async () => (await archive.ReportAsync(week, stop)).Servers),
        ];
    }

    /// <summary>Makes a day of parts into one file while batches are applied to a window every millisecond.</summary>
    public (TimeSpan Took, TimeSpan Longest, TimeSpan P99, TimeSpan LongestIdle, TimeSpan P99Idle) Compact(CancellationToken stop)
    {
        var day = First.AddDays(days);
        var store = new HistoryStore(Path.Combine(folder, ".compaction"), options, clock);
        store.Resume();
        var values = new float[MetricCatalog.Count];
        var fleet = new FleetSimulator(servers, seed: 2);
        for (var step = 0; step < 288; step++)
        {
            var (part, at) = (store.NextPart(), new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) + (step * grid.Length));
            store.Write(HistoryTable.Steps, day, part, rows =>
            {
                foreach (var server in fleet.Servers)
                {
                    if (server.Advance(at, values)) HistoryRows.Append(rows.CreateRow(), server.Name, server.Profile, at, values, 1, part);
                }
            });
        }

        var idle = new LoopWaits(clock).During(() => Task.Delay(Idle, clock, stop).GetAwaiter().GetResult());
        var began = clock.GetTimestamp();
        var busy = new LoopWaits(clock).During(() => new Compaction(store, options).Run(new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), stop));
        var took = clock.GetElapsedTime(began);
        Directory.Delete(store.Root, recursive: true);
        return (took, busy.Longest, busy.P99, idle.Longest, idle.P99);
    }

    private async Task<(string, int, TimeSpan)> TimeAsync(string question, Func<Task<int>> ask)
    {
        var points = await ask();
        List<TimeSpan> times = [];
        for (var repeat = 0; repeat < 5; repeat++)
        {
            var began = clock.GetTimestamp();
            await ask();
            times.Add(clock.GetElapsedTime(began));
        }

        times.Sort();
        return (question, points, times[2]);
    }

    private long Bytes(string table) => Directory.Exists(Path.Combine(folder, table)) ? new DirectoryInfo(Path.Combine(folder, table)).EnumerateFiles("*.parquet", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
}
