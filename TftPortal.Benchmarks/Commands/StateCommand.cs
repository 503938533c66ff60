using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TftPortal.Benchmarks.Rooms;
using TftPortal.Benchmarks.Saving;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>state</c>: how large the state file is, and how long it takes to write, to read, and to take the image that it is written from.</summary>
internal static class StateCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Steps = new("--steps") { Description = "5-minute steps of each, one reading a step.", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> Feed = new("--feed") { Description = "Records a second that come in while it is saved once; prints how long they waited. 0: none, and it is saved again and again.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "How often; the median of all but the first five is printed.", DefaultValueFactory = _ => 45 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("state", "Writes and reads the state of a simulated fleet, and prints sizes and times.") { Servers, Steps, Repeats, Feed };
        command.SetAction((parsed, stop) => parsed.GetValue(Feed) is > 0 and var feed
            ? LoadAsync(parsed.GetValue(Servers), parsed.GetValue(Steps), feed, stop)
            : RunAsync(parsed.GetValue(Servers), parsed.GetValue(Steps), parsed.GetValue(Repeats)));
        return command;
    }

    private static async Task<int> LoadAsync(int servers, int steps, int feed, CancellationToken stop)
    {
        await new SaveUnderLoad(servers, steps, feed, TimeProvider.System).RunAsync(stop);
        return 0;
    }

    private static async Task<int> RunAsync(int servers, int steps, int repeats)
    {
        var clock = TimeProvider.System;
        var window = new SimulatedWindow(servers, steps, clock.GetUtcNow()).Window;
        var folder = Directory.CreateTempSubdirectory("tft-state-");
        var paths = new StatePaths(Path.Combine(folder.FullName, "window.parquet"));
        using (var journal = new SqliteJournal(paths.Journal))
        {
            var store = new SnapshotStore(paths, journal, new(paths.Folder, StateReport.Nothing), clock, NullLogger<SnapshotStore>.Instance);
            List<TimeSpan> images = [], writes = [], saves = [], reads = [];
            SavedGeneration? saved = null;
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                WindowImage image = null!;
                images.Add(await TimeAsync(clock, () => Task.FromResult(image = window.Image(clock.GetUtcNow()))));
                writes.Add(await TimeAsync(clock, () => SnapshotWriter.WriteAsync(new MemoryStream(), image, sequence: 1)));
                saves.Add(await TimeAsync(clock, async () => saved = await store.SaveAsync(image, sequence: 1)));
                reads.Add(await TimeAsync(clock, async () =>
                {
                    _ = HashingStream.HashOf(paths.File);
                    await using var file = File.OpenRead(paths.File);
                    await SnapshotReader.ReadAsync(file);
                }));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                | servers | records | file | image, on the loop | write, in memory | save: write, flush, rename, flush | read, with its hash |
                |---|---|---|---|---|---|---|
                | {saved!.Servers:N0} | {saved.Records:N0} | {saved.SizeBytes / 1e6:F3} MB | {Median(images):F2} ms | {Median(writes):F1} ms | {Median(saves):F1} ms | {Median(reads):F1} ms |
                """));
        }

        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task<TimeSpan> TimeAsync(TimeProvider clock, Func<Task> work)
    {
        var began = clock.GetTimestamp();
        await work();
        return clock.GetElapsedTime(began);
    }

    private static double Median(List<TimeSpan> times)
    {
        var warm = times.Skip(Math.Min(5, times.Count - 1)).Order().ToList();
        return warm[warm.Count / 2].TotalMilliseconds;
    }
}
