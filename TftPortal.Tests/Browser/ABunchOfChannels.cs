using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Records;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Routing;
using TftPortal.Tests.Notifications;

namespace TftPortal.Tests.Browser;

/// <summary>Channels of every kind in every state, routes, and messages that wait, are dead, or were taken.</summary>
internal static class ABunchOfChannels
{
    private static readonly KeyActor Ada = new("user ada@example.com", "192.0.2.10");

    public static async Task MakeAsync(IServiceProvider portal)
    {
        var stop = CancellationToken.None;
        var (channels, routes) = (portal.GetRequiredService<ChannelStore>(), portal.GetRequiredService<RouteStore>());
        var hook = await MakeAsync(new() { Name = "on-call", Kind = "webhook", Url = "https://hooks.example.com/t/0f8e2c", SigningSecret = ATellingPortal.SigningSecret });
        var chat = await MakeAsync(new() { Name = "#ops in Slack", Kind = "slack", Url = "https://hooks.slack.com/services/T0/B0/secret-of-slack" });
        await MakeAsync(new() { Name = "the team with a rather long name that no phone has room for", Kind = "teams", Url = "https://prod-01.westeurope.logic.azure.com/workflows/0/triggers/manual/paths/invoke?sig=secret" });
        await MakeAsync(new() { Name = "alertmanager", Kind = "alertmanager", Url = "http://alertmanager.example.com:9093" });
        await MakeAsync(new() { Name = "pager", Kind = "pagerduty", RoutingKey = new string('r', 32), Enabled = false });
        var mail = await MakeAsync(new() { Name = "night shift", Kind = "email", SmtpHost = "smtp.example.com", From = "portal@example.com", To = ["night@example.com", "ops@example.com"], UserName = "portal", Password = "a mail password" });
        await RouteAsync(new() { Name = "everything that breaks", ChannelId = chat, Kinds = ["predicted", "breaching"] });
        await RouteAsync(new() { Name = "databases at night", ChannelId = mail, Kinds = ["breaching"], MinSeverity = "critical", Profiles = ["database"], Servers = ["ppdb*", "oracle-*"], From = "22:00", To = "06:00", Days = ["mon", "tue", "wed", "thu", "fri"], Zone = "Europe/Berlin", RepeatMinutes = 30, EscalateAfterMinutes = 15, EscalateToId = hook });
        await RouteAsync(new() { Name = "Monday morning", ChannelId = chat, Kinds = ["summary"] });
        await RouteAsync(new() { Name = "keys and the portal itself", ChannelId = hook, Kinds = ["key_expiry", "portal"], Enabled = false });

        await using var database = await portal.GetRequiredService<IDbContextFactory<PortalRecords>>().CreateDbContextAsync(stop);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (state, channel, step, fault) in new[]
            {
                (DeliveryRow.Sent, chat, NoticeStep.Raised, null), (DeliveryRow.Sent, chat, NoticeStep.Resolved, null), (DeliveryRow.Dead, hook, NoticeStep.Raised, "It answered 410 and said: gone."),
                (DeliveryRow.Queued, mail, NoticeStep.Escalated, "The mail server refused the user name or password: 5.7.8 Error: authentication failed"), (DeliveryRow.Queued, mail, NoticeStep.Resolved, null),
            })
        {
            var notice = ANotice.Of(step) with { Id = Guid.NewGuid() };
            database.Deliveries.Add(new() { Id = notice.Id, ChannelId = channel, Concern = notice.Concern, Notice = NoticeJson.Write(notice), State = state, QueuedAt = now.AddMinutes(-20), Attempts = fault is null ? 1 : 7, NextAt = now.AddMinutes(2), EndedAt = state == DeliveryRow.Queued ? null : now.AddMinutes(-3), Fault = fault });
        }

        foreach (var row in await database.Channels.ToListAsync(stop)) row.SentAt = now.AddMinutes(-3);
        (await database.Channels.SingleAsync(row => row.Id == hook, stop)).Fault = "The mail server took it, but not for gone@example.com (550 5.1.1 nobody of that name).";
        var failing = await database.Channels.SingleAsync(row => row.Id == mail, stop);
        (failing.FailedAt, failing.Failures, failing.Fault) = (now.AddMinutes(-1), 7, "The mail server refused the user name or password: 5.7.8 Error: authentication failed");
        await database.SaveChangesAsync(stop);
        await portal.GetRequiredService<QueueFigures>().RefreshAsync(stop);

        async Task<string> MakeAsync(ChannelWish wish)
        {
            var made = await channels.CreateAsync(wish, Ada, stop);
            return made.Id ?? throw new InvalidOperationException($"{made.Problem} {string.Join(' ', made.Faults)}");
        }

        async Task RouteAsync(RouteWish wish)
        {
            var made = await routes.CreateAsync(wish, Ada, stop);
            if (made.Id is null) throw new InvalidOperationException($"{made.Problem} {string.Join(' ', made.Faults)}");
        }
    }
}
