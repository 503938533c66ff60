using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TftPortal.Benchmarks.Load;
using TftPortal.Benchmarks.Rooms;
using TftPortal.Benchmarks.Starting;
using TftPortal.Engine.State;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>memory</c>: what a portal with a large fleet's full week takes.</summary>
internal static class MemoryCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers, each with a reading a step of a full week.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long the first forecasts of all servers are waited for, at most.", DefaultValueFactory = _ => 5 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("memory", "Writes a fleet's state, starts the portal with it, and prints its memory once it has forecast every server.") { Servers, Minutes };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Servers), TimeSpan.FromMinutes(parsed.GetValue(Minutes)), string.Join(' ', parsed.Tokens.Select(token => token.Value)), stop));
        return command;
    }

    private static async Task RunAsync(int servers, TimeSpan patience, string arguments, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("tft-memory-");
        var saved = await SaveAsync(servers, folder.FullName, clock);
        GC.Collect(); // the window that was saved is not this machine's any more
        var run = new StartRun(PortalProcess.Program(), servers, folder.FullName, clock) { Patience = patience };
        var (restored, forecast, read) = await run.WeighAsync(FreePort.Find(), stop);
        folder.Delete(recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            `dotnet run -c Release --project TftPortal.Benchmarks -- {arguments}`, {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm} UTC; {LoadReport.Machine()}.

            | servers | records | state file, MB | memory once restored, MB | with all forecasts | after a GET of all of them | at most |
            |--:|--:|--:|--:|--:|--:|--:|
            | {saved.Servers:N0} | {saved.Records:N0} | {saved.SizeBytes / 1e6:F0} | {restored.ResidentMegabytes:F0} | {forecast.ResidentMegabytes:F0} | {read.ResidentMegabytes:F0} | {read.PeakMegabytes:F0} |
            """));
    }

    private static async Task<SavedGeneration> SaveAsync(int servers, string folder, TimeProvider clock)
    {
        var paths = new StatePaths(Path.Combine(folder, "inference_rolling_window.parquet"));
        using var journal = new SqliteJournal(paths.Journal);
        var store = new SnapshotStore(paths, journal, new(paths.Folder, StateReport.Nothing), clock, NullLogger<SnapshotStore>.Instance);
        return await store.SaveAsync(new SimulatedWindow(servers, steps: 2016, clock.GetUtcNow()).Window.Image(clock.GetUtcNow()), sequence: 1);
    }
}
