using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.Records;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Concerns;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Routing;

namespace TftPortal.Notifications.Telling;

/// <summary>
/// Compares what stands with what was told, with every picture and every few seconds, and writes what follows into the queue: the messages and the memory of them in one transaction,
/// so that a restart, however hard, neither loses nor doubles one. It only ever looks at the newest picture; the engine does not wait for it.
/// </summary>
internal sealed class NoticeDesk(
    IDbContextFactory<PortalRecords> records, IEnumerable<IConcerns> sources, ChannelVault vault, OutlookFeed feed, Bell bell, QueueFigures figures,
    IOptions<NotificationOptions> options, TimeProvider clock, ILogger<NoticeDesk> log) : BackgroundService
{
    /// <summary>How often it looks where nothing moves: reminders, escalations and keys have no picture of their own.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Bell picture = new();

    /// <summary>Looks once.</summary>
    /// <returns>How many messages were queued.</returns>
    public async Task<int> ReviewAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        List<Concern> concerns = [];
        var known = ImmutableHashSet.CreateBuilder<NoticeKind>();
        foreach (var source in sources)
        {
            if (await source.LookAsync(now, stop) is not { } found) continue;
            if (source.KnowsAll) known.Add(source.Kind);
            concerns.AddRange(found);
        }

        await using var database = await records.CreateDbContextAsync(stop);
        if (Comparison.Of(await PictureAsync(database, now, concerns, known.ToImmutable(), stop)).Count == 0) return 0; // no lock for nothing
        await using var transaction = await database.BeginChangeAsync(stop); // what was looked at still holds when it is written
        var tellings = Comparison.Of(await PictureAsync(database, now, concerns, known.ToImmutable(), stop)); // of what holds now that nobody else writes
        foreach (var telling in tellings) await WriteAsync(database, telling, now, stop);
        foreach (var channel in tellings.Where(telling => telling.Notice is not null).Select(telling => telling.ChannelId).Distinct(StringComparer.Ordinal)) await BoundAsync(database, channel, now, stop);
        await transaction.CommitAsync(stop);
        bell.Ring();
        await figures.RefreshAsync(stop);
        return tellings.Count(telling => telling.Notice is not null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the start does not wait for the first look
        var watching = WatchAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var (seen, changed) = (picture.Next, bell.Next);
            try
            {
                await ReviewAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested) // whatever it is: it must not end the portal, which forecasts and shows on
            {
                Log.CanNotTell(log, fault);
            }

            try
            {
                await Bell.WaitAsync(Task.WhenAny(seen, changed), Every, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        await watching;
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var _ in feed.WatchAsync(stop)) picture.Ring();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task<TellingPicture> PictureAsync(PortalRecords database, DateTimeOffset now, IReadOnlyList<Concern> concerns, ImmutableHashSet<NoticeKind> known, CancellationToken stop)
    {
        var channels = await database.Channels.AsNoTracking().ToListAsync(stop);
        var routes = await database.Routes.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(stop);
        var told = await database.Told.AsNoTracking().ToListAsync(stop);
        var waiting = await database.Deliveries.Where(row => row.State == DeliveryRow.Queued).Select(row => new { row.ChannelId, row.Concern }).Distinct().ToListAsync(stop);
        return new()
        {
            Now = now,
            Concerns = concerns,
            Known = known,
            Channels = [.. channels.Select(vault.Channel)],
            Routes = [.. routes.Select(RouteStore.Of)],
            Told = [.. told.Select(Of)],
            Waiting = waiting.Select(row => (row.ChannelId, row.Concern)).ToHashSet(),
            Gather = TimeSpan.FromSeconds(options.Value.GatherSeconds),
            PortalUrl = options.Value.PortalUrl,
        };
    }

    private static async Task WriteAsync(PortalRecords database, Tell telling, DateTimeOffset now, CancellationToken stop)
    {
        var known = database.Told.Where(row => row.ChannelId == telling.ChannelId && row.Concern == telling.Concern);
        if (telling.Told is not { } told) await known.ExecuteDeleteAsync(stop);
        else if (await known.ExecuteUpdateAsync(set => set.SetProperty(row => row.Severity, (int)told.Severity).SetProperty(row => row.IsAcknowledged, told.IsAcknowledged)
            .SetProperty(row => row.ToldAt, told.ToldAt).SetProperty(row => row.LastAt, told.LastAt).SetProperty(row => row.Notice, NoticeJson.Write(told.Notice)), stop) == 0)
        {
            database.Told.Add(new()
            {
                ChannelId = told.ChannelId,
                Concern = told.Concern,
                Severity = (int)told.Severity,
                IsAcknowledged = told.IsAcknowledged,
                WithResolved = told.WithResolved,
                ToldAt = told.ToldAt,
                LastAt = told.LastAt,
                Notice = NoticeJson.Write(told.Notice),
            });
        }

        if (telling.Notice is { } notice) database.Deliveries.Add(new() { Id = notice.Id, ChannelId = telling.ChannelId, Concern = telling.Concern, Notice = NoticeJson.Write(notice), State = DeliveryRow.Queued, QueuedAt = now, NextAt = now });
        // One by one within the transaction: their numbers are the order in which they are delivered, and a batch may be numbered in any. Forgotten at once, or each would look through all before it.
        await database.SaveChangesAsync(stop);
        database.ChangeTracker.Clear();
    }

    private async Task BoundAsync(PortalRecords database, string channelId, DateTimeOffset now, CancellationToken stop)
    {
        var queued = database.Deliveries.Where(row => row.ChannelId == channelId && row.State == DeliveryRow.Queued);
        var most = options.Value.MaxQueued;
        var tooMany = await queued.CountAsync(stop) - most;
        if (tooMany <= 0) return;
        var last = await queued.OrderBy(row => row.Number).Skip(tooMany - 1).Select(row => row.Number).FirstAsync(stop);
        await queued.Where(row => row.Number <= last).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryRow.Dead).SetProperty(row => row.EndedAt, now).SetProperty(row => row.Fault, $"More than {most} messages waited (Notifications:MaxQueued)."), stop);
        Log.TooMany(log, channelId, most, tooMany);
    }

    private static Told Of(ToldRow row) => new()
    {
        ChannelId = row.ChannelId,
        Concern = row.Concern,
        Severity = (AlertSeverity)row.Severity,
        IsAcknowledged = row.IsAcknowledged,
        WithResolved = row.WithResolved,
        ToldAt = row.ToldAt,
        LastAt = row.LastAt,
        Notice = NoticeJson.Read<Notice>(row.Notice),
    };
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "What stands can't be compared with what was told. It is tried again.")]
    public static partial void CanNotTell(ILogger logger, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "More than {Most} messages wait for the channel {Channel}; the {Count} oldest were set aside.")]
    public static partial void TooMany(ILogger logger, string channel, int most, int count);
}
