using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;

namespace TftPortal.Notifications.Delivery;

/// <summary>How a channel's deliveries go.</summary>
/// <param name="Id">The channel's id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IsEnabled">Whether anything is sent to it.</param>
/// <param name="Queued">Messages that wait.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestQueuedAt">Since when the first of them waits; null where none does.</param>
/// <param name="Failures">Failed attempts in a row.</param>
/// <param name="Fault">Why the last one failed.</param>
/// <param name="Lost">Attempts that were made with dead letters since it last took something.</param>
internal sealed record ChannelFigures(string Id, string Name, bool IsEnabled, int Queued, int Dead, DateTimeOffset? OldestQueuedAt, int Failures, string? Fault, int Lost);

/// <summary>How all deliveries go.</summary>
/// <param name="Channels">By channel.</param>
internal sealed record QueuePicture(ImmutableArray<ChannelFigures> Channels)
{
    public static QueuePicture Empty { get; } = new([]);

    public int Queued => Channels.Sum(channel => channel.Queued);

    public int Dead => Channels.Sum(channel => channel.Dead);

    /// <summary>Channels that are on and fail.</summary>
    public IEnumerable<ChannelFigures> Failing => Channels.Where(channel => channel.IsEnabled && channel.Failures > 0);
}

/// <summary>The newest figures in memory, for metrics, for every page's bar, and for the portal's own trouble: none of them asks the database.</summary>
internal sealed class QueueFigures(IDbContextFactory<PortalRecords> records)
{
    private QueuePicture latest = QueuePicture.Empty;

    public QueuePicture Latest => Volatile.Read(ref latest);

    /// <summary>Counts anew.</summary>
    public async Task RefreshAsync(CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var counts = await database.Deliveries.Where(row => row.State == DeliveryRow.Queued || row.State == DeliveryRow.Dead).GroupBy(row => new { row.ChannelId, row.State })
            .Select(group => new { group.Key.ChannelId, group.Key.State, Count = group.Count(), Oldest = group.Min(row => row.QueuedAt) }).ToListAsync(stop);
        var channels = await database.Channels.AsNoTracking().OrderBy(row => row.Name).Select(row => new { row.Id, row.Name, row.IsEnabled, row.Failures, row.Fault }).ToListAsync(stop);
        var lost = await database.Deliveries.Where(row => row.State == DeliveryRow.Dead)
            .Join(database.Channels.Where(channel => channel.Failures > 0), row => row.ChannelId, channel => channel.Id, (row, channel) => new { row.ChannelId, row.EndedAt, row.Attempts, channel.SentAt })
            .Where(row => row.SentAt == null || row.EndedAt > row.SentAt).GroupBy(row => row.ChannelId).Select(group => new { ChannelId = group.Key, Attempts = group.Sum(row => row.Attempts) }).ToListAsync(stop);
        Volatile.Write(ref latest, new([.. channels.Select(channel =>
        {
            var queued = counts.Find(count => count.ChannelId == channel.Id && count.State == DeliveryRow.Queued);
            var dead = counts.Find(count => count.ChannelId == channel.Id && count.State == DeliveryRow.Dead);
            return new ChannelFigures(channel.Id, channel.Name, channel.IsEnabled, queued?.Count ?? 0, dead?.Count ?? 0, queued?.Oldest, channel.Failures, channel.Fault, lost.Find(count => count.ChannelId == channel.Id)?.Attempts ?? 0);
        })]));
    }
}
