using System.CommandLine;
using System.Globalization;
using TftPortal.Benchmarks.Graph;
using TftPortal.Benchmarks.Load;
using TftPortal.Benchmarks.Python;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>python</c>: the portal beside a daemon of FastAPI and PyTorch that does the same work, in one run.</summary>
internal static class PythonCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet, at least 40.", DefaultValueFactory = _ => 500 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "How long POSTs are watched while forecasts are made.", DefaultValueFactory = _ => 10 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("python", "Does the same work with the portal and with a stand-in of FastAPI and PyTorch, and prints the ratios.") { Servers, Seconds };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Servers), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), string.Join(' ', parsed.Tokens.Select(token => token.Value)), stop));
        return command;
    }

    private static async Task<int> RunAsync(int servers, TimeSpan watched, string arguments, CancellationToken stop)
    {
        if (await PythonDaemon.MissingAsync(stop) is { } missing)
        {
            Console.Error.WriteLine(missing);
            return 1;
        }

        var clock = TimeProvider.System;
        var (network, withInputs) = await PythonDaemon.ForecastRateAsync(ForecastRate.Batch, 20, stop);
        var ours = ForecastRate.Measure(20);
        double[] theirs, portal;
        await using (var daemon = await PythonDaemon.StartAsync(FreePort.Find(), clock, stop)) theirs = await MeasureAsync(daemon.Address, null, () => daemon.Figures, servers, 2, watched, clock, stop);
        // A cycle an hour while costs are measured, as the stand-in forecasts only when asked; a cycle a second while POSTs are watched.
        var plan = new LoadPlan { Servers = servers, Measured = watched, Records = 20, Interval = TimeSpan.Zero, ForecastSeconds = 3600, Senders = 1, Settings = [], Url = null, Arguments = arguments };
        await using (var quiet = await PortalUnderLoad.StartAsync(plan, clock, stop)) portal = await MeasureAsync(quiet.Address, quiet.Key, () => quiet.Figures, servers, 100, TimeSpan.Zero, clock, stop);
        await using (var busy = await PortalUnderLoad.StartAsync(plan with { ForecastSeconds = 1 }, clock, stop))
        {
            using var client = new PortalClient(busy.Address, busy.Key, clock);
            var work = new SideBySide(client, () => busy.Figures.CpuSeconds, servers, clock);
            await work.FeedPastAsync(stop);
            await work.ReadAsync(20, stop);
            portal[^1] = await work.SlowestPostAsync(watched, stop);
        }

        Say($"`dotnet run -c Release --project TftPortal.Benchmarks -- {arguments}`, {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm} UTC; {LoadReport.Machine()}.");
        Say($"");
        Say($"| {servers} servers | FastAPI and PyTorch | portal | ratio |");
        Say($"|---|--:|--:|--:|");
        Row("forecasts, servers a core-second, the network alone", network, ours.Network, ours.Network / network);
        Row("— with their inputs", withInputs, ours.WithInputs, ours.WithInputs / withInputs);
        Row("ingest, records a CPU second, batches of 500, journalled", theirs[1], portal[1], portal[1] / theirs[1]);
        Row("GET /predictions/current, CPU ms", theirs[3], portal[3], theirs[3] / portal[3]);
        Row("slowest POST while forecasts are made, ms", theirs[4], portal[4], theirs[4] / portal[4]);
        Row("memory before the first reading, MB", theirs[0], portal[0], theirs[0] / portal[0]);
        Row("memory with the fleet's day and forecasts, MB", theirs[2], portal[2], theirs[2] / portal[2]);
        return 0;
    }

    private static async Task<double[]> MeasureAsync(Uri address, string? key, Func<ProcessFigures> figures, int servers, int reads, TimeSpan watched, TimeProvider clock, CancellationToken stop)
    {
        using var client = new PortalClient(address, key, clock);
        var work = new SideBySide(client, () => figures().CpuSeconds, servers, clock);
        var empty = figures().ResidentMegabytes;
        var fed = await work.FeedAsync(stop);
        var read = await work.ReadAsync(reads, stop);
        var full = figures().ResidentMegabytes;
        return [empty, fed, full, read, watched == TimeSpan.Zero ? double.NaN : await work.SlowestPostAsync(watched, stop)];
    }

    private static void Row(string name, double theirs, double ours, double ratio) => Say($"| {name} | {theirs:N1} | {ours:N1} | {ratio:N1} |");

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
