using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Loop;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Saving;

/// <summary>
/// A large fleet is saved while readings come in at a steady pace: journal, window and save as the portal runs them, without HTTP and forecasts.
/// Prints how long a batch waited for its acknowledgement, before and during the save.
/// </summary>
internal sealed class SaveUnderLoad(int servers, int steps, int recordsPerSecond, TimeProvider clock)
{
    private const int Records = 20;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    private readonly StepGrid grid = new(300);
    private readonly ReadingIntake intake = new();
    private readonly string[] names = [.. Enumerable.Range(0, servers).Select(server => string.Create(CultureInfo.InvariantCulture, $"srv-{server:000000}"))];

    /// <summary>Runs it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("tft-state-");
        var paths = new StatePaths(Path.Combine(folder.FullName, "window.parquet"));
        using var journal = new SqliteJournal(paths.Journal);
        var keeper = new StateKeeper(paths.Folder, StateReport.Nothing);
        var saver = new StateSaver(new SnapshotStore(paths, journal, keeper, clock, NullLogger<SnapshotStore>.Instance), keeper, new() { SaveSeconds = 86_400, SaveRecords = int.MaxValue }, clock, NullLogger<StateSaver>.Instance);
        var scribe = new Scribe(intake, journal, keeper, clock, NullLogger<Scribe>.Instance);
        var window = Filled();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var writing = scribe.RunAsync(ending.Token);
        var loop = Task.Run(() => LoopAsync(scribe, window, saver), stop);
        var acknowledged = new List<(long At, double Milliseconds)>();
        var feeding = Task.Run(() => FeedAsync(acknowledged, ending.Token), stop);

        await Task.Delay(Before, clock, stop);
        var began = clock.GetTimestamp();
        var saved = await keeper.SaveNow(stop);
        var ended = clock.GetTimestamp();
        await ending.CancelAsync();
        await Task.WhenAll(writing, loop, feeding);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            | servers | records | file | image whole after | save | records/s meanwhile | ingest p50 / p99 / max before | ingest p50 / p99 / max while saving |
            |---|---|---|---|---|---|---|---|
            | {saved.Servers:N0} | {saved.Records:N0} | {saved.SizeBytes / 1e6:F0} MB | {imageMilliseconds:F0} ms | {saved.Duration.TotalSeconds:F1} s | {Rate(acknowledged, began, ended):N0} | {Latency(acknowledged, 0, began)} | {Latency(acknowledged, began, ended)} |
            """));
        folder.Delete(recursive: true);
    }

    private double imageMilliseconds; // from its beginning until it was whole

    private async Task LoopAsync(Scribe scribe, FleetWindow window, StateSaver saver)
    {
        var (applied, began, isTaking) = (0L, 0L, false);
        while (await scribe.Written.WaitToReadAsync())
        {
            while (scribe.Written.TryRead(out var written))
            {
                written.Pending.Done.TrySetResult(window.Apply(written.Pending.Batch, written.ReceivedAt));
                applied = written.Sequence;
                saver.Applied(written.Pending.Batch.Count);
                if (saver.IsDue(applied))
                {
                    saver.Begin(window.BeginImage(clock.GetUtcNow()), applied);
                    (began, isTaking) = (clock.GetTimestamp(), true);
                }

                while (saver.TakeMore(isIdle: !scribe.Written.TryPeek(out _)))
                {
                    // As the portal's loop does.
                }

                while (!scribe.Written.TryPeek(out _) && window.MoveMore())
                {
                    // As the portal's loop does.
                }

                if (!isTaking || saver.IsTaking) continue;
                isTaking = false;
                imageMilliseconds = clock.GetElapsedTime(began).TotalMilliseconds;
            }
        }
    }

    // By a plan of times, not one after the other: a batch that waits delays none behind it, and shows as late.
    private async Task FeedAsync(List<(long At, double Milliseconds)> acknowledged, CancellationToken stop)
    {
        var perSecond = recordsPerSecond / Records;
        var began = clock.GetTimestamp();
        var server = 0;
        for (var sent = 0; !stop.IsCancellationRequested;)
        {
            var due = (int)(clock.GetElapsedTime(began).TotalSeconds * perSecond);
            for (; sent < due; sent++) _ = SendAsync(Batch(ref server), acknowledged, stop);
            await Task.Delay(TimeSpan.FromMilliseconds(1), clock, CancellationToken.None);
        }
    }

    private async Task SendAsync(ReadingBatch batch, List<(long At, double Milliseconds)> acknowledged, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        try
        {
            await intake.SubmitAsync(batch, stop);
            lock (acknowledged) acknowledged.Add((clock.GetTimestamp(), clock.GetElapsedTime(began).TotalMilliseconds));
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private ReadingBatch Batch(ref int server)
    {
        var batch = new ReadingBatch(Records);
        Span<float> values = stackalloc float[MetricCatalog.Count];
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var record = 0; record < Records; record++, server = (server + 1) % servers)
        {
            Fill(values, server, now);
            batch.Add(names[server], now, ServerProfile.Generic, ServerStatus.Healthy, values);
        }

        return batch;
    }

    private FleetWindow Filled()
    {
        var window = new FleetWindow(new() { Grid = grid, MaxServers = servers });
        var now = clock.GetUtcNow();
        Span<float> values = stackalloc float[MetricCatalog.Count];
        for (var step = grid.StepOf(now) - steps; step < grid.StepOf(now); step++)
        {
            var time = grid.StartOf(step).AddSeconds(150).ToUnixTimeMilliseconds();
            var batch = new ReadingBatch(servers);
            for (var server = 0; server < servers; server++)
            {
                Fill(values, server, time);
                batch.Add(names[server], time, ServerProfile.Generic, ServerStatus.Healthy, values);
            }

            window.Apply(batch, now);
        }

        return window;
    }

    // A day's rhythm, and noise that does not compress away.
    private static void Fill(Span<float> values, int server, long time)
    {
        var noise = ((uint)server * 2_654_435_761u) ^ (uint)(time / 1000);
        for (var metric = 0; metric < values.Length; metric++)
        {
            noise = (noise * 1_664_525u) + 1_013_904_223u;
            values[metric] = 40 + (20 * MathF.Sin((time % 86_400_000 / 13_750_987f) + server)) + (noise >> 24) / 25.6f;
        }
    }

    private static double Rate(List<(long At, double Milliseconds)> acknowledged, long from, long to) =>
        acknowledged.Count(batch => batch.At >= from && batch.At < to) * Records / Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private static string Latency(List<(long At, double Milliseconds)> acknowledged, long from, long to)
    {
        var times = acknowledged.Where(batch => batch.At >= from && batch.At < to).Select(batch => batch.Milliseconds).Order().ToList();
        return times.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:F1} / {times[times.Count * 99 / 100]:F1} / {times[^1]:F0} ms");
    }
}
