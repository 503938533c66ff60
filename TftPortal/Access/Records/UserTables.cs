using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace TftPortal.Access.Records;

/// <summary>The tables of users. Of Identity's own columns those that nothing here uses are left out: a phone number that nobody asked for is not kept.</summary>
internal static class UserTables
{
    public static void Add(ModelBuilder model)
    {
        model.Entity<PortalUser>(user =>
        {
            user.ToTable("users").HasKey(row => row.Id);
            user.Ignore(row => row.PhoneNumber).Ignore(row => row.PhoneNumberConfirmed).Ignore(row => row.EmailConfirmed).Ignore(row => row.TwoFactorEnabled);
            user.Ignore(row => row.LockoutEnd).Ignore(row => row.LockoutEnabled).Ignore(row => row.AccessFailedCount); // an attacker must not lock anybody out: SignInThrottle
            user.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            user.HasIndex(row => row.NormalizedUserName).IsUnique();
            user.HasIndex(row => row.NormalizedEmail).IsUnique();
        });
        model.Entity<IdentityUserLogin<string>>(login =>
        {
            login.ToTable("user_logins").HasKey(row => new { row.LoginProvider, row.ProviderKey });
            login.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SessionRow>(session =>
        {
            session.ToTable("user_sessions").HasKey(row => row.Number);
            session.HasIndex(row => row.Digest).IsUnique();
            session.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RecoveryRow>(code =>
        {
            code.ToTable("user_recovery_codes").HasKey(row => new { row.UserId, row.Digest });
            code.HasOne<PortalUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<FirstAdminRow>(first =>
        {
            first.ToTable("first_admin").HasKey(row => row.Id);
            first.Property(row => row.Id).ValueGeneratedNever();
        });
    }
}
