using System.CommandLine;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using TftPortal.Benchmarks.Graph;
using TftPortal.Benchmarks.Rooms;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>graph</c>: what the network's graph costs, operator by operator, beside the machine's own rate of matrix products.</summary>
internal static class GraphCommand
{
    private static readonly Option<DirectoryInfo?> Model = new("--model") { Description = "A model's folder; left out: models/default." };
    private static readonly Option<int> Size = new("--size") { Description = "Servers of a batch.", DefaultValueFactory = _ => 32 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Runs that are measured.", DefaultValueFactory = _ => 60 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("graph", "Profiles the model's graph on one thread, and measures sgemm beside it.") { Model, Size, Runs };
        command.SetAction(parsed => Run(parsed.GetValue(Model)?.FullName ?? DefaultModel.Folder(), parsed.GetValue(Size), parsed.GetValue(Runs)));
        return command;
    }

    private static void Run(string folder, int size, int runs)
    {
        var clock = TimeProvider.System;
        var fleet = new SimulatedWindow(size, steps: 2016, clock.GetUtcNow());
        var snapshot = fleet.Window.Snapshot(fleet.Now);
        var graph = Path.Combine(folder, OnnxForecaster.ModelFile);
        var forecasts = new ServerForecast?[size];
        List<double> inputs = [], network = [], sgemm = [];
        using (var options = OnnxForecaster.Options())
        using (var session = new InferenceSession(graph, options))
        using (var pass = new OnnxPass(session, size, withFocus: false, "measured", snapshot.Grid, clock))
        {
            for (var run = -runs; run < runs; run++) // the compiler has its time in the first half
            {
                var whole = CpuTime.Of(() => pass.Run(snapshot.Servers, 0, size, snapshot.FirstStep, forecasts)).TotalSeconds;
                if (run < 0) continue;
                network.Add(CpuTime.Of(pass.RunAgain).TotalSeconds);
                inputs.Add(whole - network[^1]);
                if (run % 10 == 0) sgemm.Add(Sgemm.Rate(512, 512, 512)); // between the runs: what else the machine does is the same for both
            }
        }

        var operators = Profile(graph, snapshot.FirstStep, fleet, size, runs);
        var work = operators.Sum(kind => kind.Multiplied);
        var (seconds, rate) = (Median(network), Median(sgemm));
        Say($"| a batch of {size}, one thread, CPU time, medians of {runs} | |");
        Say($"|---|--:|");
        Say($"| the graph, ms | {seconds * 1e3:F2} |");
        Say($"| inputs and outputs, ms | {Median(inputs) * 1e3:F2} |");
        Say($"| servers a core-second, the graph alone | {size / seconds:F0} |");
        Say($"| servers a core-second, with inputs and outputs | {size / (seconds + Median(inputs)):F0} |");
        Say($"| matrix products, MFLOP a server | {work / size / 1e6:F2} |");
        Say($"| the graph's rate, GFLOP/s | {work / seconds / 1e9:F1} |");
        Say($"| sgemm 512×512×512, GFLOP/s | {rate / 1e9:F1} |");
        Say($"| **the graph's share of sgemm** | **{work / seconds / rate:P0}** |");
        foreach (var (m, k, n) in new[] { (size * 42, 32, 32), (size * 42, 32, 64), (size * 42, 32, 128), (size * 14 * 42, 9, 32) }) Say($"| sgemm {m}×{k}×{n}, GFLOP/s | {Sgemm.Rate(m, k, n) / 1e9:F1} |");
        Say($"");
        Say($"| operator | nodes | ms a batch | share | GFLOP/s |");
        Say($"|---|--:|--:|--:|--:|");
        var all = operators.Sum(kind => kind.Time.TotalMilliseconds);
        foreach (var kind in operators.Where(kind => kind.Time.TotalMilliseconds > all / 200))
            Say($"| {kind.Operator} | {kind.Nodes} | {kind.Time.TotalMilliseconds:F2} | {kind.Time.TotalMilliseconds / all:P0} | {(kind.Multiplied > 0 ? (kind.Multiplied / kind.Time.TotalSeconds / 1e9).ToString("F1", CultureInfo.InvariantCulture) : "")} |");
    }

    private static IReadOnlyList<OperatorCost> Profile(string graph, long firstStep, SimulatedWindow fleet, int size, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("tft-graph-");
        using var options = OnnxForecaster.Options();
        options.ProfileOutputPathPrefix = Path.Combine(folder.FullName, "profile");
        options.EnableProfiling = true;
        using var session = new InferenceSession(graph, options);
        using var pass = new OnnxPass(session, size, withFocus: false, "measured", new(300), TimeProvider.System);
        var servers = fleet.Window.Snapshot(fleet.Now).Servers;
        for (var run = 0; run < runs; run++) pass.Run(servers, 0, size, firstStep, new ServerForecast?[size]);
        var read = GraphProfile.Read(session.EndProfiling(), runs);
        folder.Delete(recursive: true);
        return read;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
