using Microsoft.EntityFrameworkCore;

namespace TftPortal.Access.Records;

/// <summary>The tables of notifications.</summary>
internal static class ChannelTables
{
    public static void Add(ModelBuilder model)
    {
        model.Entity<ChannelRow>(channel =>
        {
            channel.ToTable("channels").HasKey(row => row.Id);
            channel.Property(row => row.Id).HasMaxLength(16);
            channel.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<RouteRow>(route =>
        {
            route.ToTable("channel_routes").HasKey(row => row.Id);
            route.Property(row => row.Id).HasMaxLength(16);
            route.HasIndex(row => row.Name).IsUnique();
            route.HasOne<ChannelRow>().WithMany().HasForeignKey(row => row.ChannelId).OnDelete(DeleteBehavior.Restrict);
            route.HasOne<ChannelRow>().WithMany().HasForeignKey(row => row.EscalateToId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ToldRow>(told =>
        {
            told.ToTable("channel_told").HasKey(row => new { row.ChannelId, row.Concern });
            told.HasOne<ChannelRow>().WithMany().HasForeignKey(row => row.ChannelId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<DeliveryRow>(delivery =>
        {
            delivery.ToTable("channel_deliveries").HasKey(row => row.Number);
            delivery.HasIndex(row => row.Id).IsUnique();
            delivery.HasIndex(row => new { row.ChannelId, row.State, row.Number });
            delivery.HasIndex(row => new { row.State, row.EndedAt });
            delivery.HasOne<ChannelRow>().WithMany().HasForeignKey(row => row.ChannelId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
