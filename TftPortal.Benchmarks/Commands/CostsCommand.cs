using System.CommandLine;
using System.Globalization;
using TftPortal.Benchmarks.Costs;
using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>costs</c>: what answers and batches cost the portal's process, in CPU time, and its memory.</summary>
internal static class CostsCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet, at least 500.", DefaultValueFactory = _ => 500 };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "How often; the medians are printed.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "How long batches are sent, each time.", DefaultValueFactory = _ => 6 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("costs", "Starts a portal with a fleet, and prints the CPU time of an answer, the records a CPU second, and the memory.") { Servers, Repeats, Seconds };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(Servers), parsed.GetValue(Repeats), parsed.GetValue(Seconds), string.Join(' ', parsed.Tokens.Select(token => token.Value)), stop));
        return command;
    }

    private static async Task RunAsync(int servers, int repeats, double seconds, string arguments, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        // A cycle an hour: beside those of the fleet's arrival none runs while it is measured.
        var plan = new LoadPlan { Servers = servers, Measured = TimeSpan.Zero, Records = CostRun.Records, Interval = TimeSpan.Zero, ForecastSeconds = 3600, Senders = 1, Settings = [], Url = null, Arguments = arguments };
        await using var portal = await PortalUnderLoad.StartAsync(plan, clock, stop);
        using var client = new PortalClient(portal.Address, portal.Key, clock);
        var fleet = new LoadFleet(servers, plan.Seed, clock);
        await Task.Delay(TimeSpan.FromSeconds(5), clock, stop);
        var empty = portal.Figures.ResidentMegabytes;
        await LoadRun.WarmAsync(client, fleet, clock, stop);
        var run = new CostRun(fleet, client, portal, clock);
        await run.RestAsync(stop);
        var full = portal.Figures.ResidentMegabytes;
        List<double> plain = [], gzip = [], brotli = [], known = [], fed = [];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            await run.RestAsync(stop);
            plain.Add(await run.GetAsync("predictions/current", null, isKnown: false, 100, stop));
            gzip.Add(await run.GetAsync("predictions/current", "gzip", isKnown: false, 200, stop));
            brotli.Add(await run.GetAsync("predictions/current", "br", isKnown: false, 200, stop));
            known.Add(await run.GetAsync("predictions/current", null, isKnown: true, 4000, stop));
            fed.Add(await run.FeedAsync(seconds, senders: 4, stop));
        }

        Say($"`dotnet run -c Release --project TftPortal.Benchmarks -- {arguments}`, {clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm} UTC; {LoadReport.Machine()}.");
        Say($"");
        Say($"| {servers} servers; medians of {repeats} | | least to most |");
        Say($"|---|--:|--:|");
        Row("GET /predictions/current, CPU ms", plain, "F2");
        Row("— gzip", gzip, "F2");
        Row("— Brotli", brotli, "F2");
        Row("— not modified", known, "F3");
        Row("Records a CPU second, batches of 500, journalled", fed, "N0");
        Say($"| CPU ms a second while nobody asks (taken off above) | {run.IdleMilliseconds:F1} | |");
        Say($"| Memory before the first reading, MB | {empty:F0} | |");
        Say($"| Memory with the fleet's day and forecasts, MB | {full:F0} | |");
    }

    private static void Row(string name, List<double> values, string format)
    {
        var sorted = values.Order().ToArray();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        Say($"| {name} | {Text(sorted[sorted.Length / 2])} | {Text(sorted[0])}–{Text(sorted[^1])} |");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
