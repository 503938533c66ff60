using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;

namespace TftPortal.Notifications.Delivery;

/// <summary>Keeps one courier for each channel that is on, and the queue from growing old.</summary>
internal sealed class CourierRounds(IDbContextFactory<PortalRecords> records, Courier courier, DeliveryQueue queue, DeliveryMeter meter, QueueFigures figures, Bell bell, TimeProvider clock, ILogger<CourierRounds> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (Task Run, CancellationTokenSource Stop)> couriers = new(StringComparer.Ordinal);

    public override void Dispose()
    {
        foreach (var (_, stop) in couriers.Values) stop.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the start does not wait for the first look
        meter.Begin();
        DateTimeOffset pruned = default;
        while (!stoppingToken.IsCancellationRequested)
        {
            var ring = bell.Next;
            try
            {
                await StaffAsync(stoppingToken);
                if (clock.GetUtcNow() - pruned >= PruneEvery)
                {
                    pruned = clock.GetUtcNow();
                    await queue.PruneAsync(stoppingToken);
                    await figures.RefreshAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested) // the database fails, as a rule; whatever it is, it must not end the portal
            {
                Log.RoundsFail(log, fault);
            }

            try
            {
                await Bell.WaitAsync(ring, LookEvery, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        await Task.WhenAll(couriers.Values.Select(one => EndAsync(one.Run)));
    }

    private async Task StaffAsync(CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var wanted = await database.Channels.Where(channel => channel.IsEnabled).Select(channel => channel.Id).ToListAsync(stop);
        foreach (var (id, (run, end)) in couriers.Where(one => one.Value.Run.IsCompleted || !wanted.Contains(one.Key)).ToList())
        {
            await end.CancelAsync();
            if (!run.IsCompleted) continue; // it ends with its attempt, and the next round takes its place
            if (run.Exception is { } fault) Log.CourierEnded(log, id, fault.InnerException ?? fault);
            end.Dispose();
            couriers.Remove(id);
        }

        foreach (var id in wanted.Where(id => !couriers.ContainsKey(id)))
        {
            var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            couriers.Add(id, (Task.Run(() => courier.RunAsync(id, end.Token), CancellationToken.None), end));
        }
    }

    private static async Task EndAsync(Task run)
    {
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

internal static partial class Log
{
    [LoggerMessage(6, LogLevel.Error, "The channels can't be looked up. It is tried again.")]
    public static partial void RoundsFail(ILogger logger, Exception fault);

    [LoggerMessage(7, LogLevel.Error, "Deliveries to the channel {Channel} ended unexpectedly and begin anew.")]
    public static partial void CourierEnded(ILogger logger, string channel, Exception fault);
}
