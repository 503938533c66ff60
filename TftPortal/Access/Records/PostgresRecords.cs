using System.Data;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TftPortal.Access.Records;

/// <summary>The records in PostgreSQL.</summary>
internal sealed class PostgresRecords(DbContextOptions<PostgresRecords> options) : PortalRecords(options)
{
    private const long ChangeLock = 0x7466745F63686E67; // "tft_chng": any number that nobody else in the same database takes

    // Two changes that each look first (is this the last admin? which number comes next?) would both see the state before the other. As in SQLite, one waits for the other.
    public override async Task<IDbContextTransaction> BeginChangeAsync(CancellationToken stop)
    {
        try
        {
            return await WaitForTurnAsync(stop);
        }
        catch (Exception fault) when (RecordsRetry.IsCut(fault))
        {
            RecordsRetry.Forget(this);
            return await WaitForTurnAsync(stop);
        }
    }

    public override Task<IDbContextTransaction> BeginLookAsync(CancellationToken stop) => Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<string>().HaveConversion<StorableText>();
    }

    private async Task<IDbContextTransaction> WaitForTurnAsync(CancellationToken stop)
    {
        var transaction = await Database.BeginTransactionAsync(stop);
        try
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChangeLock})", stop);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    // PostgreSQL keeps no NUL and no half of a surrogate pair. Strangers send both (an e-mail address, a user agent), and what they send must be an answer's matter and never a fault.
    private sealed class StorableText() : ValueConverter<string, string>(text => Storable(text), text => text);

    private static string Storable(string text) =>
        text.Contains('\0', StringComparison.Ordinal) || text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD')
            : text;
}
