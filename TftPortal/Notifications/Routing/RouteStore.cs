using Microsoft.EntityFrameworkCore;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Records;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Routing;

/// <summary>A route, and when and by whom it was made.</summary>
internal sealed record ListedRoute(NoticeRoute Route, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt);

/// <summary>Makes, changes and deletes routes: each change and its audit entry in one transaction.</summary>
internal sealed class RouteStore(IDbContextFactory<PortalRecords> records, Bell bell, TimeProvider clock)
{
    private const int MaxRoutes = 200;

    /// <summary>Every route, by name.</summary>
    public async Task<IReadOnlyList<ListedRoute>> ListAsync(CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        var rows = await database.Routes.AsNoTracking().OrderBy(row => row.Name).ToListAsync(stop);
        return [.. rows.Select(row => new ListedRoute(Of(row), row.CreatedAt, row.CreatedBy, row.ChangedAt))];
    }

    public Task<Change> CreateAsync(RouteWish wish, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        var (order, faults) = RouteCheck.Check(wish);
        if (order is null) return Change.Wrong(faults);
        if (await UnfitAsync(database, order, null, stop) is { } unfit) return unfit;
        if (await database.Routes.CountAsync(stop) >= MaxRoutes) return Change.Conflict($"There are {MaxRoutes} routes, as many as there may be. Delete one that is not needed.");
        var now = clock.GetUtcNow();
        var row = new RouteRow
        {
            Id = ShortId.New(),
            Name = order.Name,
            ChannelId = order.ChannelId,
            EscalateToId = order.EscalateToId,
            Rules = NoticeJson.Write(order.Rules),
            IsEnabled = order.IsEnabled,
            CreatedAt = now,
            CreatedBy = by.Name,
            ChangedAt = now,
        };
        database.Routes.Add(row);
        return Audited(database, by, "route.created", row.Id, order);
    }, stop);

    public Task<Change> UpdateAsync(string id, RouteWish wish, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        if (await database.Routes.SingleOrDefaultAsync(row => row.Id == id, stop) is not { } row) return Change.Unknown("route", id);
        var (order, faults) = RouteCheck.Check(wish);
        if (order is null) return Change.Wrong(faults);
        if (await UnfitAsync(database, order, row, stop) is { } unfit) return unfit;
        (row.Name, row.ChannelId, row.EscalateToId, row.Rules, row.IsEnabled, row.ChangedAt) = (order.Name, order.ChannelId, order.EscalateToId, NoticeJson.Write(order.Rules), order.IsEnabled, clock.GetUtcNow());
        return Audited(database, by, "route.changed", id, order);
    }, stop);

    public Task<Change> DeleteAsync(string id, KeyActor by, CancellationToken stop) => ChangeAsync(async database =>
    {
        if (await database.Routes.SingleOrDefaultAsync(row => row.Id == id, stop) is not { } row) return Change.Unknown("route", id);
        database.Routes.Remove(row);
        database.Audit.Add(AuditTrail.Entry(clock.GetUtcNow(), by.Name, by.Origin, "route.deleted", id, row.Name));
        return Change.Done(id);
    }, stop);

    /// <summary>A route as it is used.</summary>
    public static NoticeRoute Of(RouteRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        ChannelId = row.ChannelId,
        EscalateToId = row.EscalateToId,
        Rules = NoticeJson.Read<RouteRules>(row.Rules),
        IsEnabled = row.IsEnabled,
    };

    private static async Task<Change?> UnfitAsync(PortalRecords database, RouteOrder order, RouteRow? before, CancellationToken stop)
    {
        if (order.Name != before?.Name && await database.Routes.AnyAsync(row => row.Name == order.Name, stop)) return Change.Conflict($"There is a route named {order.Name} already. Take another name.");
        if (order.Rules.Kinds.Contains(RouteKind.Summary) && ChannelKinds.Find(await database.Channels.Where(row => row.Id == order.ChannelId).Select(row => row.Kind).SingleOrDefaultAsync(stop)) is { } kind && kind.KeepsState())
            return Change.Wrong([new("kinds", $"{kind.Title()} keeps what is open until it is over, and a summary never is; allowed are the other kinds, or another channel")]);
        foreach (var (field, id) in new[] { ("channel_id", order.ChannelId), ("escalate_to_id", order.EscalateToId) })
        {
            if (id is not null && !await database.Channels.AnyAsync(row => row.Id == id, stop)) return Change.Wrong([new(field, $"there is no channel {Channels.ChannelCheck.Shown(id)}; GET /api/channels lists them")]);
        }

        return null;
    }

    private async Task<Change> ChangeAsync(Func<PortalRecords, Task<Change>> change, CancellationToken stop)
    {
        var done = await records.ChangeAsync(change, stop);
        if (done.Id is not null) bell.Ring();
        return done;
    }

    private Change Audited(PortalRecords database, KeyActor by, string action, string id, RouteOrder order)
    {
        database.Audit.Add(AuditTrail.Entry(clock.GetUtcNow(), by.Name, by.Origin, action, id, $"{order.Name}: {string.Join(", ", order.Rules.Kinds.Select(kind => kind.WireName()))} to {order.ChannelId}{(order.IsEnabled ? "" : ", disabled")}"));
        return Change.Done(id);
    }
}
