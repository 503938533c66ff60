using Microsoft.EntityFrameworkCore;
using TftPortal.Access.Records;

namespace TftPortal.Notifications;

/// <summary>How channels and routes are changed: what was looked at still holds when it is written.</summary>
internal static class RecordChange
{
    /// <summary>Changes records in one transaction; a change without an id changes nothing.</summary>
    public static async Task<Change> ChangeAsync(this IDbContextFactory<PortalRecords> records, Func<PortalRecords, Task<Change>> change, CancellationToken stop)
    {
        await using var database = await records.CreateDbContextAsync(stop);
        await using var transaction = await database.BeginChangeAsync(stop);
        var done = await change(database);
        if (done.Id is null) return done;
        await database.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return done;
    }
}
