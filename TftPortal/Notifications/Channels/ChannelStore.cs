using Microsoft.EntityFrameworkCore;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Channels;

/// <summary>A channel, when and by whom it was made, and how its deliveries go.</summary>
internal sealed record ListedChannel(Channel Channel, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, DateTimeOffset? SentAt, DateTimeOffset? FailedAt, string? Fault, int Failures, int Queued, int Dead);

/// <summary>Makes, changes and deletes channels: each change and its audit entry in one transaction.</summary>
internal sealed class ChannelStore(IDbContextFactory<PortalRecords> records, ChannelVault vault, Bell bell, QueueFigures figures, TimeProvider clock, ILogger<ChannelStore> log)
{
    private const int MaxChannels = 100;

    /// <summary>Every channel, by name.</summary>
    public async Task<IReadOnlyList<ListedChannel>> ListAsync(CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var counts = await database.Deliveries.Where(row => row.State == DeliveryRow.Queued || row.State == DeliveryRow.Dead).GroupBy(row => new { row.ChannelId, row.State })
            .Select(group => new { group.Key.ChannelId, group.Key.State, Count = group.Count() }).ToListAsync(stop);
        var rows = await database.Channels.AsNoTracking().OrderBy(row => row.Name).ToListAsync(stop);
        return [.. rows.Select(row => new ListedChannel(vault.Channel(row), row.CreatedAt, row.CreatedBy, row.ChangedAt, row.SentAt, row.FailedAt, row.Fault, row.Failures, Count(row.Id, DeliveryRow.Queued), Count(row.Id, DeliveryRow.Dead)))];

        int Count(string id, string state) => counts.Find(count => count.ChannelId == id && count.State == state)?.Count ?? 0;
    }

    /// <summary>A channel, with what it needs to send; null where there is none.</summary>
    public async Task<Channel?> GetAsync(string id, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        return await database.Channels.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is { } row ? vault.Channel(row) : null;
    }

    public Task<Change> CreateAsync(ChannelWish wish, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        var (order, faults) = ChannelCheck.Check(wish, null);
        if (order is null) return Change.Wrong(faults);
        if (await database.Channels.AnyAsync(row => row.Name == order.Name, stop)) return Taken(order.Name);
        if (await database.Channels.CountAsync(stop) >= MaxChannels) return Change.Conflict($"There are {MaxChannels} channels, as many as there may be. Delete one that is not needed.");
        if (AddressCheck.IsPlain(order.Settings.Url)) Log.Plain(log, order.Name, order.Settings.Url!);
        var id = ShortId.New();
        var now = clock.GetUtcNow();
        database.Channels.Add(new()
        {
            Id = id,
            Name = order.Name,
            Kind = order.Kind.WireName(),
            Settings = NoticeJson.Write(order.Settings),
            Secrets = vault.Protect(id, order.Secrets),
            IsEnabled = order.IsEnabled,
            CreatedAt = now,
            CreatedBy = by.Name,
            ChangedAt = now,
        });
        return Audited(database, by, "channel.created", id, $"{order.Name}: {order.Kind.WireName()}{Target(order.Settings)}");
    }, stop);

    /// <summary>Changes a channel. What waits for it goes the new way; what its disabling leaves undelivered is set aside.</summary>
    public Task<Change> UpdateAsync(string id, ChannelWish wish, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        if (await database.Channels.SingleOrDefaultAsync(row => row.Id == id, stop) is not { } row) return Change.Unknown("channel", id);
        var before = vault.Channel(row);
        var (order, faults) = ChannelCheck.Check(wish, before);
        if (order is null) return Change.Wrong(faults);
        if (order.Name != row.Name && await database.Channels.AnyAsync(other => other.Name == order.Name, stop)) return Taken(order.Name);
        if (AddressCheck.IsPlain(order.Settings.Url)) Log.Plain(log, order.Name, order.Settings.Url!);
        var isRenewed = before.Secrets != order.Secrets;
        (row.Name, row.Settings, row.ChangedAt) = (order.Name, NoticeJson.Write(order.Settings), clock.GetUtcNow());
        if (isRenewed) row.Secrets = vault.Protect(id, order.Secrets);
        (row.Failures, row.Fault) = (0, null); // judged anew
        await EnableAsync(database, row, order.IsEnabled, stop);
        await database.Deliveries.Where(delivery => delivery.ChannelId == id && delivery.State == DeliveryRow.Queued).ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.NextAt, row.ChangedAt), stop);
        return Audited(database, by, "channel.changed", id, $"{order.Name}: {order.Kind.WireName()}{Target(order.Settings)}{(isRenewed ? ", its secrets renewed" : "")}{(order.IsEnabled ? "" : ", disabled")}");
    }, stop);

    /// <summary>Turns a channel on or off.</summary>
    public Task<Change> SetEnabledAsync(string id, bool enabled, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        if (await database.Channels.SingleOrDefaultAsync(row => row.Id == id, stop) is not { } row) return Change.Unknown("channel", id);
        if (row.IsEnabled == enabled) return Change.Done(id);
        await EnableAsync(database, row, enabled, stop);
        return Audited(database, by, enabled ? "channel.enabled" : "channel.disabled", id, row.Name);
    }, stop);

    /// <summary>Deletes a channel with everything that waits for it. Routes that send to it are not deleted with it: they are somebody's decision, and named.</summary>
    public Task<Change> DeleteAsync(string id, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        if (await database.Channels.SingleOrDefaultAsync(row => row.Id == id, stop) is not { } row) return Change.Unknown("channel", id);
        var routes = await database.Routes.Where(route => route.ChannelId == id || route.EscalateToId == id).Select(route => route.Name).OrderBy(name => name).ToListAsync(stop);
        if (routes.Count > 0) return Change.Conflict($"{(routes.Count == 1 ? "The route" : "The routes")} {string.Join(", ", routes)} {(routes.Count == 1 ? "sends" : "send")} to {row.Name}. Change or delete {(routes.Count == 1 ? "it" : "them")} first.");
        database.Channels.Remove(row);
        return Audited(database, by, "channel.deleted", id, row.Name);
    }, stop);

    private async Task EnableAsync(PortalRecords database, ChannelRow row, bool enabled, CancellationToken stop)
    {
        if (row.IsEnabled && !enabled)
        {
            await ChannelRest.BeginAsync(database, row, clock.GetUtcNow(), stop);
        }
        else if (!row.IsEnabled && enabled)
        {
            await ChannelRest.EndAsync(database, row.Id, clock.GetUtcNow(), stop);
            (row.Failures, row.Fault) = (0, null); // judged anew
        }

        row.IsEnabled = enabled;
    }

    private async Task<Change> ChangeAsync(Func<PortalRecords, Task<Change>> change, CancellationToken stop)
    {
        var done = await records.ChangeAsync(change, stop);
        if (done.Id is null) return done;
        bell.Ring();
        await figures.RefreshAsync(CancellationToken.None);
        return done;
    }

    private Change Audited(PortalRecords database, KeyActor by, string action, string id, string detail)
    {
        database.Audit.Add(AuditTrail.Entry(clock.GetUtcNow(), by.Name, by.Origin, action, id, detail));
        return Change.Done(id);
    }

    private static Change Taken(string name) => Change.Conflict($"There is a channel named {name} already. Take another name.");

    private static string Target(ChannelSettings settings) => settings.Url is { } url ? $" to {url}" : $" to {string.Join(", ", settings.To.Take(5))} by {settings.SmtpHost}";
}

internal static partial class Log
{
    [LoggerMessage(11, LogLevel.Warning, "The channel {Channel} sends to {Url} by plain HTTP: everybody on the way can read its messages.")]
    public static partial void Plain(ILogger logger, string channel, string url);
}
