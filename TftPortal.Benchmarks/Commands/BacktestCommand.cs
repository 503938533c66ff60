using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Engine.History;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Simulation;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>backtest</c>: how fast the past is lived through again.</summary>
internal static class BacktestCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Days = new("--days") { Description = "Days that are judged.", DefaultValueFactory = _ => 7 };
    private static readonly Option<string?> Model = new("--model") { Description = "The model's folder; without, the baseline alone." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("backtest", "Tries a rule on the past of a simulated fleet, on one thread: server-steps a second.") { Servers, Days, Model };
        command.SetAction((parsed, stop) =>
        {
            Run(parsed.GetValue(Servers), parsed.GetValue(Days), parsed.GetValue(Model), stop);
            return Task.CompletedTask;
        });
        return command;
    }

    private static void Run(int count, int days, string? folder, CancellationToken stop)
    {
        var grid = new StepGrid(300);
        var first = grid.StepOf(new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero));
        var fleet = new FleetSimulator(count, seed: 17).Servers;
        using var model = folder is null ? null : new OnnxForecaster(folder, grid, TimeProvider.System);
        Gauge.TryFind("mem_used_pct", out var gauge);
        var span = new ReplaySpan([.. fleet.Select(server => new SeenServer(server.Name, server.Profile))], gauge, first, first + (days * InputShape.History), first + (days * InputShape.History));
        var rules = new Watchlist(new ThresholdOptions()).Only(gauge.Name, []);
        var pace = new TrialPace(grid, TimeSpan.FromSeconds(30));
        var replay = new Replay(span, new() { Grid = grid }, new(new(grid, TimeProvider.System), model), [new(rules, new(), pace, span.Steps), new(rules, new(), pace, span.Steps)]);
        var (done, judging, processor) = (0L, new Stopwatch(), Environment.CpuUsage.TotalTime);
        var all = Stopwatch.StartNew();
        replay.Run(Read, servers =>
        {
            if (!judging.IsRunning) processor = Environment.CpuUsage.TotalTime; // the week before is read by then
            judging.Start();
            done += servers;
        }, stop);
        var busy = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} servers, {days} days, {model?.Version ?? "baseline"}: {done} server-steps in {judging.Elapsed.TotalSeconds:F1} s ({all.Elapsed.TotalSeconds:F1} s with the week before), {busy:F1} s of one core: {done / busy:F0} a second, {InputShape.Week * busy / done:F1} s a server-week, {span.Work / busy:F0} of work a second"));

        ReadingBatch Read(long from, long until)
        {
            var batch = new ReadingBatch();
            var values = new float[MetricCatalog.Count];
            for (var step = from; step < until; step++)
            {
                foreach (var server in fleet)
                {
                    if (server.Advance(grid.StartOf(step), values)) batch.Add(server.Name, ((step + 1) * grid.StepMilliseconds) - 1, server.Profile, server.Status, values);
                }
            }

            return batch;
        }
    }
}
