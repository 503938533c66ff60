using System.CommandLine;
using System.Globalization;
using TftPortal.Benchmarks.Past;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>history</c>: how large a fleet's past is, how long questions about it take, and whether writing it makes the loop wait.</summary>
internal static class HistoryCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Days = new("--days") { Description = "Days of 5-minute steps.", DefaultValueFactory = _ => 90 };
    private static readonly Option<DirectoryInfo?> Folder = new("--folder") { Description = "Where it is made, and kept: a second run asks what is there. Left out: a temporary folder." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("history", "Makes a fleet's history by the simulator, and prints sizes and the times of questions.") { Servers, Days, Folder };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Servers), parsed.GetValue(Days), parsed.GetValue(Folder), stop));
        return command;
    }

    private static async Task<int> RunAsync(int servers, int days, DirectoryInfo? kept, CancellationToken stop)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("tft-history-");
        var past = new SimulatedPast(folder.FullName, servers, days, TimeProvider.System);
        var made = past.Make(stop);
        var asked = await past.AskAsync(stop);
        var compacted = past.Compact(stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{servers:N0} servers, {days} days, {made.Steps:N0} steps: {made.StepBytes / 1e6:N0} MB in steps ({made.StepBytes / (double)made.Steps:F1} B a step), {made.HourBytes / 1e6:N0} MB in hours."));
        Console.WriteLine();
        Console.WriteLine("| question | points | median of 5 |");
        Console.WriteLine("|---|---|---|");
        foreach (var (question, points, time) in asked) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {question} | {points} | {time.TotalMilliseconds:F0} ms |"));
        Console.WriteLine();
        Console.WriteLine("| a day of 289 parts becomes one file, and its hours | longest wait of a batch meanwhile | without it |");
        Console.WriteLine("|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {compacted.Took.TotalSeconds:F1} s | {compacted.Longest.TotalMilliseconds:F1} ms (p99 {compacted.P99.TotalMilliseconds:F2} ms) | {compacted.LongestIdle.TotalMilliseconds:F1} ms (p99 {compacted.P99Idle.TotalMilliseconds:F2} ms) |"));
        if (kept is null) folder.Delete(recursive: true);
        return 0;
    }
}
