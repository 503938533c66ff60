using System.CommandLine;
using System.Globalization;
using TftPortal.Benchmarks.Scores;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>scores</c>: what the portal's own scoring of its forecasts costs, and what it says of a simulated fleet.</summary>
internal static class ScoresCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet.", DefaultValueFactory = _ => 100 };
    private static readonly Option<double> Days = new("--days") { Description = "Days that are scored, after a week of history.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides everything.", DefaultValueFactory = _ => 17 };
    private static readonly Option<string> Model = new("--model") { Description = "Folder of the model; without it the baseline forecasts alone.", DefaultValueFactory = _ => "" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("scores", "Lives through days of a simulated fleet, scores its forecasts as the portal does, and says what that cost.") { Servers, Days, Seed, Model };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed.GetValue(Servers), parsed.GetValue(Days), parsed.GetValue(Seed), parsed.GetValue(Model) ?? "", stop), stop));
        return command;
    }

    private static int Run(int servers, double days, int seed, string folder, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        using var model = folder.Length == 0 ? null : new OnnxForecaster(folder, new StepGrid(300), clock);
        var report = new ScoredFleet(servers, seed, model, clock).Live(days, stop);
        var each = 1e6 / ((double)servers * report.Pictures);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Scores.ModelVersion}, {servers} servers, {report.Pictures} pictures: forecasts {report.Forecasting.TotalSeconds * each:0} µs a server and picture, scores {report.Scoring.TotalSeconds * each:0} µs; the baseline answers for {report.Scores.GuardedMetrics} metrics of {report.Scores.Guarded.Length} servers.\n"));
        Console.WriteLine("| last 7 days | points | WQL | of the baseline | of the last value | answered | MASE | coverage |\n|---|---|---|---|---|---|---|---|");
        foreach (var row in report.Scores.Windows[1].Metrics.Concat(report.Scores.Windows[1].Steps)) Console.WriteLine(Line(row));
        return 0;
    }

    private static string Line(AccuracyRow row) => string.Create(CultureInfo.InvariantCulture, $"| {row.Of} | {row.Points} | {row.Wql:0.000} | {row.BaselineWql:0.000} | {row.LastValueWql:0.000} | {row.AnsweredWql:0.000} | {row.Mase:0.00} | {row.Coverage:0.00} |");
}
