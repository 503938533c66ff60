using System.CommandLine;
using TftPortal.Benchmarks.Load;

namespace TftPortal.Benchmarks.Commands;

/// <summary><c>load</c>: a fleet feeds a portal while it forecasts; prints how fast each endpoint answers.</summary>
internal static class LoadCommand
{
    private static readonly Option<int> Servers = new("--servers") { Description = "Servers of the simulated fleet.", DefaultValueFactory = _ => 500 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Time measured, after 10 s of warming up.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Records = new("--records") { Description = "Records a POST.", DefaultValueFactory = _ => 20 };
    private static readonly Option<double> Interval = new("--interval") { Description = "Seconds from one reading of a server to its next.", DefaultValueFactory = _ => 15 };
    private static readonly Option<int> Pace = new("--forecast-seconds") { Description = "Engine:ForecastSeconds of the portal that is started.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Senders = new("--senders") { Description = "POSTs under way at once, at most.", DefaultValueFactory = _ => 32 };
    private static readonly Option<string[]> Settings = new("--set") { Description = "A further setting of the portal that is started, for example Engine:MaxServers=20000; repeatable.", DefaultValueFactory = _ => [] };
    private static readonly Option<Uri?> Url = new("--url") { Description = "A portal that runs already, instead of one that is started; its key comes from TFT_API_KEY." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("load", "Feeds a portal with a simulated fleet at the agents' pace while it forecasts, and prints latencies and what it costs.")
        {
            Servers, Seconds, Records, Interval, Pace, Senders, Settings, Url,
        };
        command.SetAction((parsed, stop) => RunAsync(
            new()
            {
                Servers = parsed.GetValue(Servers),
                Measured = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
                Records = parsed.GetValue(Records),
                Interval = TimeSpan.FromSeconds(parsed.GetValue(Interval)),
                ForecastSeconds = parsed.GetValue(Pace),
                Senders = parsed.GetValue(Senders),
                Settings = [.. parsed.GetValue(Settings)!],
                Url = parsed.GetValue(Url),
                Arguments = string.Join(' ', parsed.Tokens.Select(token => token.Value)),
            },
            stop));
        return command;
    }

    private static async Task<int> RunAsync(LoadPlan plan, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        await using var portal = plan.Url is { } url ? PortalUnderLoad.At(url) : await PortalUnderLoad.StartAsync(plan, clock, stop);
        using var client = new PortalClient(portal.Address, portal.Key, clock);
        var fleet = new LoadFleet(plan.Servers, plan.Seed, clock);
        await LoadRun.WarmAsync(client, fleet, clock, stop);
        var result = await new LoadRun(plan, client, fleet, portal, clock).MeasureAsync(stop);
        Console.WriteLine(LoadReport.Of(plan, result));
        return result.Answers.Any(answer => !answer.IsGood) ? 1 : 0;
    }
}
