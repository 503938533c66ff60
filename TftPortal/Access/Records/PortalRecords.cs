using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TftPortal.Access.Records;

/// <summary>
/// The small records in the portal's database: keys and their use, users and their sessions, channels and what they were told, and the audit. One model for <see cref="SqliteRecords"/> and <see cref="PostgresRecords"/>, each with its own migrations.
/// </summary>
internal abstract class PortalRecords(DbContextOptions options) : DbContext(options)
{
    public DbSet<KeyRow> Keys => Set<KeyRow>();

    public DbSet<SecretRow> Secrets => Set<SecretRow>();

    public DbSet<CallerRow> Callers => Set<CallerRow>();

    public DbSet<HourRow> Hours => Set<HourRow>();

    public DbSet<RingRow> Ring => Set<RingRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<PortalUser> Users => Set<PortalUser>();

    /// <summary>Who is known to a provider of single sign-on, by issuer and subject.</summary>
    public DbSet<IdentityUserLogin<string>> Logins => Set<IdentityUserLogin<string>>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<RecoveryRow> RecoveryCodes => Set<RecoveryRow>();

    public DbSet<FirstAdminRow> FirstAdmin => Set<FirstAdminRow>();

    public DbSet<ChannelRow> Channels => Set<ChannelRow>();

    public DbSet<RouteRow> Routes => Set<RouteRow>();

    public DbSet<ToldRow> Told => Set<ToldRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    /// <summary>Begins a change. Changes of all who use this database follow one another: what one has looked at still holds when it writes.</summary>
    public abstract Task<IDbContextTransaction> BeginChangeAsync(CancellationToken stop);

    /// <summary>Begins a look at several things as they are at one moment.</summary>
    public abstract Task<IDbContextTransaction> BeginLookAsync(CancellationToken stop);

    // SQLite has no times: whole milliseconds since 1970 UTC sort and compare as times do, and mean the same in both databases.
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<KeyRow>(key =>
        {
            key.ToTable("keys").HasKey(row => row.Id);
            key.Property(row => row.Id).HasMaxLength(16);
            key.HasMany(row => row.Secrets).WithOne().HasForeignKey(row => row.KeyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SecretRow>().ToTable("key_secrets").HasKey(row => new { row.KeyId, row.Number });
        model.Entity<CallerRow>().ToTable("key_callers").HasKey(row => new { row.KeyId, row.Secret, row.Address, row.UserAgent });
        model.Entity<HourRow>().ToTable("key_hours").HasKey(row => new { row.KeyId, row.Hour });
        model.Entity<RingRow>(ring =>
        {
            ring.ToTable("key_ring").HasKey(row => row.Id);
            ring.Property(row => row.Id).ValueGeneratedNever();
        });
        model.Entity<AuditRow>(audit =>
        {
            audit.ToTable("audit").HasKey(row => row.Number);
            audit.HasIndex(row => row.At);
        });
        UserTables.Add(model);
        ChannelTables.Add(model);
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
