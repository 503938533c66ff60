using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;
using TftPortal.Notifications.Summaries;

namespace TftPortal.Notifications.Channels;

/// <summary>What becomes of a channel's queue, and of what it was told, when it is disabled: what waits would be stale when it is on again, so that it is set aside, and what still stands is told anew.</summary>
internal static class ChannelRest
{
    private const string Fault = "The channel was disabled while it waited.";

    /// <summary>Sets aside what waits.</summary>
    /// <param name="database">In a change, which the caller saves.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task BeginAsync(PortalRecords database, ChannelRow channel, DateTimeOffset now, CancellationToken stop)
    {
        var told = database.Told.Where(row => row.ChannelId == channel.Id);
        if (ChannelKinds.Find(channel.Kind)?.KeepsState() == true) await SettleAsync(database, channel.Id, now, stop);
        else await told.Where(row => !row.Concern.StartsWith(SummaryConcerns.KeyBegin)).ExecuteDeleteAsync(stop); // a week's summary is sent once all the same
        await database.Deliveries.Where(row => row.ChannelId == channel.Id && row.State == DeliveryRow.Queued)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryRow.Dead).SetProperty(row => row.EndedAt, now).SetProperty(row => row.Fault, Fault), stop);
    }

    /// <summary>Begins anew with what waits, which are only the ends that <see cref="BeginAsync"/> left.</summary>
    public static Task EndAsync(PortalRecords database, string channelId, DateTimeOffset now, CancellationToken stop) =>
        database.Deliveries.Where(row => row.ChannelId == channelId && row.State == DeliveryRow.Queued).ExecuteUpdateAsync(set => set.SetProperty(row => row.QueuedAt, now).SetProperty(row => row.NextAt, now), stop);

    // Those that keep state themselves have open what was delivered there. It stays remembered as they know it, and ends there when the channel is on again.
    // What they may or may not know, since an attempt was made or is under way, is ended there, and told anew if it still stands: to end what they don't know does no harm.
    private static async Task SettleAsync(PortalRecords database, string channelId, DateTimeOffset now, CancellationToken stop)
    {
        var queued = await database.Deliveries.AsNoTracking().Where(row => row.ChannelId == channelId && row.State == DeliveryRow.Queued).OrderBy(row => row.Number).ToListAsync(stop);
        var told = (await database.Told.Where(row => row.ChannelId == channelId).ToListAsync(stop))
            .DistinctBy(row => NoticeJson.Read<Notice>(row.Notice).Concern, StringComparer.Ordinal).ToDictionary(row => NoticeJson.Read<Notice>(row.Notice).Concern, StringComparer.Ordinal);
        foreach (var of in queued.Select(row => (Row: row, Notice: NoticeJson.Read<Notice>(row.Notice))).GroupBy(one => one.Notice.Concern, StringComparer.Ordinal))
        {
            var (first, last) = (of.First(), of.Last());
            if (last.Notice.Step == NoticeStep.Resolved || of.Any(one => one.Notice.Step == NoticeStep.Raised))
            {
                var mayBeBegun = first.Notice.Step != NoticeStep.Raised || first.Row.Attempts > 0 || first.Row.Number == queued[0].Number;
                if (mayBeBegun) End(database, last.Row, last.Notice, now);
                if (last.Notice.Step != NoticeStep.Resolved && told.TryGetValue(of.Key, out var standing)) database.Told.Remove(standing);
            }
            else if (told.TryGetValue(of.Key, out var known))
            {
                // As it was before the messages that are set aside: they are said anew if they still hold.
                if (of.Any(one => one.Notice.Step == NoticeStep.Acknowledged)) known.IsAcknowledged = false;
                if (!of.Any(one => one.Notice.Step == NoticeStep.Escalated)) continue;
                (known.Severity, known.Notice) = ((int)Engine.Fleet.AlertSeverity.Warning, NoticeJson.Write(NoticeJson.Read<Notice>(known.Notice) with { Severity = Engine.Fleet.AlertSeverity.Warning }));
            }
        }
    }

    // A message of its own, which waits until the channel is on again: those before it are set aside.
    private static void End(PortalRecords database, DeliveryRow last, Notice notice, DateTimeOffset now)
    {
        var end = notice.Step == NoticeStep.Resolved ? notice with { Id = Guid.CreateVersion7(now) } : notice.Ended(now);
        database.Deliveries.Add(new() { Id = end.Id, ChannelId = last.ChannelId, Concern = last.Concern, Notice = NoticeJson.Write(end), State = DeliveryRow.Queued, QueuedAt = now, NextAt = now });
    }
}
