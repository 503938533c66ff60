using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Delivery;

/// <summary>One message of the queue, as it is shown.</summary>
public sealed record ListedDelivery(long Number, string ChannelId, Notice Notice, string State, DateTimeOffset QueuedAt, int Attempts, DateTimeOffset NextAt, DateTimeOffset? EndedAt, string? Fault);

/// <summary>The queue in the database: what a channel gets next, and what became of it.</summary>
internal sealed class DeliveryQueue(IDbContextFactory<PortalRecords> records, Bell bell, QueueFigures figures, DeliveryMeter meter, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<DeliveryQueue> log)
{
    private const int MaxFault = 300;

    /// <summary>What a channel gets next; null where nothing waits. What comes after it waits until it is delivered or set aside.</summary>
    public async Task<DeliveryRow?> HeadAsync(string channelId, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        return await database.Deliveries.AsNoTracking().Where(row => row.ChannelId == channelId && row.State == DeliveryRow.Queued).OrderBy(row => row.Number).FirstOrDefaultAsync(stop);
    }

    /// <summary>What a channel was told that stands, for those that must be told again and again.</summary>
    public async Task<IReadOnlyList<Notice>> StandingAsync(string channelId, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        return [.. (await database.Told.AsNoTracking().Where(row => row.ChannelId == channelId).Select(row => row.Notice).ToListAsync(stop)).Select(NoticeJson.Read<Notice>)];
    }

    /// <summary>Writes down what became of an attempt, once however often it is called. Not given up when the portal stops: what was delivered must not be delivered again.</summary>
    public async Task NoteAsync(DeliveryRow delivery, string kind, Outcome outcome)
    {
        var now = clock.GetUtcNow();
        var attempts = delivery.Attempts + 1;
        var isOver = now - delivery.QueuedAt >= TimeSpan.FromMinutes(options.Value.GiveUpMinutes);
        var state = outcome.Kind == OutcomeKind.Delivered ? DeliveryRow.Sent : outcome.Kind == OutcomeKind.Refused || isOver ? DeliveryRow.Dead : DeliveryRow.Queued;
        var fault = outcome.Fault.Length == 0 ? null : NoticeText.Cut(outcome.Fault, MaxFault);
        var next = now + BackOff.After(options.Value, delivery.Id, attempts, outcome.RetryAfter);
        await using var database = await records.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await database.Database.BeginTransactionAsync(CancellationToken.None);
        // Where it was set aside or tried again meanwhile a failure is nothing new, but a delivery is one all the same.
        var noted = database.Deliveries.Where(row => row.Number == delivery.Number);
        noted = state == DeliveryRow.Sent ? noted.Where(row => row.State != DeliveryRow.Sent) : noted.Where(row => row.State == DeliveryRow.Queued && row.Attempts == delivery.Attempts);
        var isNew = await noted.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, state).SetProperty(row => row.Attempts, attempts).SetProperty(row => row.NextAt, next)
            .SetProperty(row => row.EndedAt, state == DeliveryRow.Queued ? null : (DateTimeOffset?)now).SetProperty(row => row.Fault, fault));
        if (isNew == 0) return;
        await NoteChannelAsync(database, delivery.ChannelId, state == DeliveryRow.Sent, fault, now);
        await transaction.CommitAsync(CancellationToken.None);
        meter.Attempted(kind, outcome.Kind == OutcomeKind.Delivered, state == DeliveryRow.Dead);
        if (state == DeliveryRow.Dead) Log.Dead(log, delivery.Number, delivery.ChannelId, attempts, fault!);
        else if (state == DeliveryRow.Queued && attempts == 1) Log.Failed(log, delivery.Number, delivery.ChannelId, fault!);
        else if (state == DeliveryRow.Sent && fault is not null) Log.TakenInPart(log, delivery.Number, delivery.ChannelId, fault);
    }

    /// <summary>Writes down how a channel took what is none of the queue's: a repetition of what stands.</summary>
    public async Task NoteChannelAsync(string channelId, Outcome outcome)
    {
        await using var database = await records.CreateDbContextAsync(CancellationToken.None);
        await NoteChannelAsync(database, channelId, outcome.Kind == OutcomeKind.Delivered, outcome.Fault.Length == 0 ? null : NoticeText.Cut(outcome.Fault, MaxFault), clock.GetUtcNow());
        await figures.RefreshAsync(CancellationToken.None);
    }

    /// <summary>The newest messages, those that wait or are dead first.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="size">At most so many.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IReadOnlyList<ListedDelivery>> ListAsync(string? state, int size, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        List<DeliveryRow> newest = [];
        foreach (var one in state is null ? [DeliveryRow.Dead, DeliveryRow.Queued, DeliveryRow.Sent] : (string[])[state])
        {
            // In an index's order, one state after the other: nothing is sorted, and no more is read than shown.
            if (newest.Count < size) newest.AddRange(await database.Deliveries.AsNoTracking().Where(row => row.State == one).OrderByDescending(row => row.EndedAt).ThenByDescending(row => row.Number).Take(size - newest.Count).ToListAsync(stop));
        }

        return [.. newest.Select(row => new ListedDelivery(row.Number, row.ChannelId, NoticeJson.Read<Notice>(row.Notice), row.State, row.QueuedAt, row.Attempts, row.NextAt, row.EndedAt, row.Fault))];
    }

    /// <summary>Puts a dead letter back into the queue, at its old place in the order; what waits is tried at once.</summary>
    public Task<Change> RetryAsync(long number, KeyActor by, CancellationToken stop) => ChangeAsync(number, by, "delivery.retried", async (database, row) =>
    {
        if (row.State == DeliveryRow.Sent) return "It was delivered already.";
        if (await database.Channels.AsNoTracking().SingleOrDefaultAsync(channel => channel.Id == row.ChannelId && channel.IsEnabled, stop) is not { } channel) return "Its channel is disabled. Enable it first.";
        if (await StaleAsync(database, channel, row, stop) is { } stale) return stale;
        (row.State, row.QueuedAt, row.NextAt, row.EndedAt, row.Attempts) = (DeliveryRow.Queued, clock.GetUtcNow(), clock.GetUtcNow(), null, 0);
        return null;
    }, stop);

    /// <summary>Deletes a message that waits or is dead.</summary>
    public Task<Change> DeleteAsync(long number, KeyActor by, CancellationToken stop) => ChangeAsync(number, by, "delivery.deleted", (database, row) =>
    {
        database.Deliveries.Remove(row);
        return Task.FromResult<string?>(null);
    }, stop);

    /// <summary>Forgets what is older than <c>Notifications:KeepDays</c>.</summary>
    public async Task PruneAsync(CancellationToken stop)
    {
        var end = clock.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        await using var database = await records.CreateDbContextAsync(stop);
        await database.Deliveries.Where(row => row.State != DeliveryRow.Queued && row.EndedAt < end).ExecuteDeleteAsync(stop);
    }

    private async Task<Change> ChangeAsync(long number, KeyActor by, string action, Func<PortalRecords, DeliveryRow, Task<string?>> change, CancellationToken stop)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        await using var database = await records.CreateDbContextAsync(stop);
        await using var transaction = await database.BeginChangeAsync(stop);
        if (await database.Deliveries.SingleOrDefaultAsync(row => row.Number == number, stop) is not { } row) return Change.Unknown("delivery", id);
        if (await change(database, row) is { } problem) return Change.Conflict(problem);
        database.Audit.Add(AuditTrail.Entry(clock.GetUtcNow(), by.Name, by.Origin, action, id, $"{row.Concern} to channel {row.ChannelId}"));
        await database.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        bell.Ring();
        await figures.RefreshAsync(CancellationToken.None);
        return Change.Done(id);
    }

    // Whoever keeps the state itself must not be told that something began which nobody will say the end of, nor the end of what stands again.
    private static async Task<string?> StaleAsync(PortalRecords database, ChannelRow channel, DeliveryRow row, CancellationToken stop)
    {
        if (row.State == DeliveryRow.Queued || ChannelKinds.Find(channel.Kind)?.KeepsState() != true) return null;
        var notice = NoticeJson.Read<Notice>(row.Notice);
        var told = await database.Told.AsNoTracking().Where(one => one.ChannelId == channel.Id).Select(one => one.Notice).ToListAsync(stop);
        var stands = told.Exists(one => NoticeJson.Read<Notice>(one).Concern == notice.Concern); // by the key that the other side knows it by
        if (notice.Step == NoticeStep.Resolved) return stands ? $"It stands again: delivered now, this would end it in {channel.Name}. Delete it." : null;
        return stands ? null : $"It is over: delivered now, this would open something in {channel.Name} that nobody ends. Delete it.";
    }

    private static Task<int> NoteChannelAsync(PortalRecords database, string channelId, bool isTaken, string? fault, DateTimeOffset now)
    {
        var channel = database.Channels.Where(row => row.Id == channelId);
        return isTaken
            ? channel.ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, now).SetProperty(row => row.Failures, 0).SetProperty(row => row.Fault, fault))
            : channel.ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedAt, now).SetProperty(row => row.Failures, row => row.Failures + 1).SetProperty(row => row.Fault, fault));
    }
}

internal static partial class Log
{
    [LoggerMessage(3, LogLevel.Warning, "Message {Number} could not be delivered to the channel {Channel}: {Fault} It is tried again.")]
    public static partial void Failed(ILogger logger, long number, string channel, string fault);

    [LoggerMessage(4, LogLevel.Error, "Message {Number} to the channel {Channel} is set aside after {Attempts} attempts: {Fault} The page Channels can try it again.")]
    public static partial void Dead(ILogger logger, long number, string channel, int attempts, string fault);

    [LoggerMessage(9, LogLevel.Warning, "Message {Number} was taken by the channel {Channel}, but not whole: {Fault}")]
    public static partial void TakenInPart(ILogger logger, long number, string channel, string fault);
}
