using System.CommandLine;
using System.Globalization;
using TftPortal.Benchmarks.Quiet;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>quiet</c>: how often a fleet that nothing befalls is alerted on.</summary>
internal static class QuietCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet.", DefaultValueFactory = _ => 200 };
    private static readonly Option<double> Days = new("--days") { Description = "Days that are looked at, after a week of history.", DefaultValueFactory = _ => 7 };
    private static readonly Option<double> QuietShare = new("--quiet-share") { Description = "Share of servers that are nearly flat, 0 to 1; the others have jobs and bursts, which may be real breaches.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides everything.", DefaultValueFactory = _ => 17 };
    private static readonly Option<string> Model = new("--model") { Description = "Folder of the model; without it the baseline forecasts alone.", DefaultValueFactory = _ => "" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("quiet", "Lives through days of a healthy simulated fleet, and counts the alerts that are raised.") { Servers, Days, QuietShare, Seed, Model };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed.GetValue(Servers), parsed.GetValue(Days), parsed.GetValue(QuietShare), parsed.GetValue(Seed), parsed.GetValue(Model) ?? "", stop), stop));
        return command;
    }

    private static int Run(int servers, double days, double quietShare, int seed, string folder, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        using var model = folder.Length == 0 ? null : new OnnxForecaster(folder, new StepGrid(300), clock);
        var began = clock.GetTimestamp();
        var report = new QuietFleet(servers, seed, quietShare, model, clock).Live(before: 7, days, stop);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            | servers | days | nearly flat | forecasts | alerts | a server and day | incidents | took |
            |---|---|---|---|---|---|---|---|
            | {servers} | {days:0.##} | {quietShare:P0} | {model?.Version ?? "baseline"} | {report.Raises.Length} | {report.PerServerDay:0.0000} | {report.Incidents} | {clock.GetElapsedTime(began).TotalSeconds:0} s |
            """));
        foreach (var raise in report.Raises.OrderBy(raise => raise.Metric, StringComparer.Ordinal).ThenBy(raise => raise.Server, StringComparer.Ordinal).ThenBy(raise => raise.StartedAt))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{raise.StartedAt:ddd HH:mm} {raise.Server} {raise.Metric} {raise.State} {raise.Probability:P0}: {raise.Message}"));
        return 0;
    }
}
