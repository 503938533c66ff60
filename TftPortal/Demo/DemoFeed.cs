using Microsoft.Extensions.Options;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.Demo;

/// <summary>Sends the demo fleet's past and then its present to the engine, as any other sender would.</summary>
internal sealed class DemoFeed(
    DemoFleet fleet, ReadingIntake intake, IOptions<DemoOptions> options, IOptions<EngineOptions> engine, TimeProvider clock, ILogger<DemoFeed> log) : BackgroundService
{
    /// <summary>A batch of a few thousand: the loop gets to forecast between two.</summary>
    private const int BackfillBatch = 4000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SendPastAsync(stoppingToken);
            await SendPresentAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task SendPastAsync(CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        // The engine refuses what is older than its memory; an hour's margin, for the backfill takes time.
        var hours = Math.Min(options.Value.BackfillHours, (engine.Value.MemoryDays * 24) - 1);
        var sent = 0;
        foreach (var batch in fleet.Backfill(hours, BackfillBatch))
        {
            await SendAsync(batch, stop);
            sent += batch.Count;
        }

        Log.Backfilled(log, sent, options.Value.Servers, hours, clock.GetElapsedTime(began).TotalSeconds, fleet.IncidentServer, fleet.Scenario);
    }

    private async Task SendPresentAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.IntervalSeconds), clock);
        do
        {
            var batch = fleet.ReadNow();
            if (batch.Count > 0) await SendAsync(batch, stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task SendAsync(ReadingBatch batch, CancellationToken stop)
    {
        var receipt = await intake.SubmitAsync(batch, stop);
        if (receipt.Refused is [var first, ..]) Log.Refused(log, receipt.Refused.Count, batch.Server(first.Index), first.Field, first.Reason);
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The demo sent {Count} simulated readings of {Servers} servers over {Hours} hours in {Seconds:F1} s; {Server} is {Scenario}.")]
    public static partial void Backfilled(ILogger logger, int count, int servers, int hours, double seconds, string server, Engine.Simulation.SimulationScenario scenario);

    [LoggerMessage(2, LogLevel.Warning, "The engine refused {Count} simulated readings, the first of {Server} for its {Field}: {Reason}")]
    public static partial void Refused(ILogger logger, int count, string server, string field, string reason);
}
