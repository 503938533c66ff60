using System.CommandLine;
using System.Globalization;
using TftPortal.Benchmarks.Load;
using TftPortal.Benchmarks.Starting;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>start</c>: how long the portal takes from its start to the first answer, and to the first forecasts.</summary>
internal static class StartCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the state that it starts with.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Starts; the medians are printed.", DefaultValueFactory = _ => 7 };
    private static readonly Option<FileInfo?> Program = new("--program") { Description = "TftPortal.dll of a published copy; left out: the one that was built beside this program." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("start", "Starts the portal again and again with a fleet's state, and prints how long it takes to answer and to forecast.") { Servers, Runs, Program };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(Program)?.FullName ?? PortalProcess.Program(), parsed.GetValue(Servers), parsed.GetValue(Runs), string.Join(' ', parsed.Tokens.Select(token => token.Value)), stop));
        return command;
    }

    private static async Task RunAsync(string program, int servers, int runs, string arguments, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("tft-start-");
        var run = new StartRun(program, servers, folder.FullName, clock);
        await run.FeedAsync(stop);
        List<StartTimes> times = [];
        for (var start = 0; start < runs; start++) times.Add(await run.MeasureAsync(FreePort.Find(), stop));
        folder.Delete(recursive: true);
        var size = new DirectoryInfo(Path.GetDirectoryName(program)!).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Say($"`dotnet run -c Release --project TftPortal.Benchmarks -- {arguments}`, {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm} UTC; {LoadReport.Machine()}.");
        Say($"");
        Say($"| {servers} servers, medians of {runs} starts | seconds | least to most | CPU seconds | least to most |");
        Say($"|---|--:|--:|--:|--:|");
        Say($"| the first answer of /health | {Row(times, time => time.Answer.TotalSeconds)} | {Row(times, time => time.AnswerCpu)} |");
        Say($"| the first forecasts | {Row(times, time => time.Forecasts.TotalSeconds)} | {Row(times, time => time.ForecastsCpu)} |");
        Say($"| the program's folder, MB | {size / 1e6:F0} | | | |");
    }

    private static string Row(List<StartTimes> times, Func<StartTimes, double> value)
    {
        var sorted = times.Select(value).Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:F2} | {sorted[0]:F2}–{sorted[^1]:F2}");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
