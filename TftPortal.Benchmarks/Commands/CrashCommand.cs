using System.CommandLine;
using TftPortal.Benchmarks.Crash;
using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>crash</c>: kills a portal under load, again and again, and looks for every batch that it had acknowledged.</summary>
internal static class CrashCommand
{
    private static readonly Option<int> Kills = new("--kills") { Description = "How often it is killed, every second time while it saves.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides the moments.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Senders = new("--senders") { Description = "Batches of 20 records under way at once.", DefaultValueFactory = _ => 4 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("crash", "Kills a portal under load with kill -9, starts it again, and looks for every batch that it had acknowledged.") { Kills, Seed, Senders };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Kills), parsed.GetValue(Seed), parsed.GetValue(Senders), stop));
        return command;
    }

    private static async Task<int> RunAsync(int kills, int seed, int senders, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("tft-crash-");
        var report = await new CrashRun(new() { Program = PortalProcess.Program(), Kills = kills, Seed = seed, Senders = senders }, folder.FullName, TimeProvider.System).RunAsync(stop);
        Console.WriteLine(report);
        var isGood = report.Lost.Count == 0 && report.Unreadable.Count == 0;
        if (isGood) folder.Delete(recursive: true);
        else Console.WriteLine($"The folder is kept for a look: {folder.FullName}");
        return isGood ? 0 : 1;
    }
}
