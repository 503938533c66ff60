using Microsoft.EntityFrameworkCore;

namespace TftPortal.Access.Records;

/// <summary>Gives those who use the records the ones of the configured database.</summary>
internal sealed class RecordsFactory<TRecords>(IDbContextFactory<TRecords> factory) : IDbContextFactory<PortalRecords>
    where TRecords : PortalRecords
{
    public PortalRecords CreateDbContext() => factory.CreateDbContext();

    public async Task<PortalRecords> CreateDbContextAsync(CancellationToken cancellationToken = default) => await factory.CreateDbContextAsync(cancellationToken);
}
