using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TftPortal.Access.Records;

/// <summary>The records in SQLite, whose transactions take the lock for writing as they begin: changes follow one another by themselves.</summary>
internal sealed class SqliteRecords(DbContextOptions<SqliteRecords> options) : PortalRecords(options)
{
    public override Task<IDbContextTransaction> BeginChangeAsync(CancellationToken stop) => Database.BeginTransactionAsync(stop);

    public override Task<IDbContextTransaction> BeginLookAsync(CancellationToken stop) => Database.BeginTransactionAsync(stop);
}
