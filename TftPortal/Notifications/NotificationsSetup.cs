using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Concerns;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Routing;
using TftPortal.Notifications.Senders;
using TftPortal.Notifications.Summaries;
using TftPortal.Notifications.Telling;
using TftPortal.Settings;

namespace TftPortal.Notifications;

/// <summary>Who is told of what, and how it gets there.</summary>
internal static class NotificationsSetup
{
    private const string Section = "Notifications";

    /// <exception cref="WrongSettingException">A setting is wrong.</exception>
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        SettingsCheck.Check<NotificationOptions>(settings, Section);
        SummaryCheck.Check(settings);
        CheckUrl(settings);
        builder.AddChannels();
        var services = builder.Services;
        services.AddSingleton<IConcerns, IncidentConcerns>();
        services.AddSingleton<IConcerns, KeyConcerns>();
        services.AddSingleton<IConcerns, PortalConcerns>();
        services.AddSingleton<IConcerns, SummaryConcerns>();
        services.AddSingleton<NoticeDesk>();
        services.AddHostedService(of => of.GetRequiredService<NoticeDesk>());
        services.AddSingleton<Courier>();
        services.AddHostedService<CourierRounds>();
    }

    /// <summary>Adds what the pages and the API need, without those who compare and deliver by themselves.</summary>
    public static void AddChannels(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NotificationOptions>().BindConfiguration(Section);
        services.AddOptions<SummaryOptions>().BindConfiguration(SummaryCheck.Section);
        services.AddSingleton<WeeklySummary>();
        services.AddSingleton<Bell>();
        services.AddSingleton<QueueFigures>();
        services.AddSingleton<DeliveryMeter>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<ChannelVault>();
        services.AddSingleton<ChannelStore>();
        services.AddSingleton<RouteStore>();
        services.AddSingleton<PostClient>();
        services.AddSingleton<AlertmanagerSender>();
        services.AddSingleton<IChannelSender>(of => of.GetRequiredService<AlertmanagerSender>());
        services.AddSingleton<IChannelSender, WebhookSender>();
        services.AddSingleton<IChannelSender, SlackSender>();
        services.AddSingleton<IChannelSender, TeamsSender>();
        services.AddSingleton<IChannelSender, PagerDutySender>();
        services.AddSingleton<IChannelSender, MailSender>();
        services.AddSingleton<Dispatch>();
        services.AddSingleton<SummaryTrial>();
    }

    private static void CheckUrl(ConfigurationManager settings)
    {
        const string key = $"{Section}:{nameof(NotificationOptions.PortalUrl)}";
        if (settings[key] is { Length: > 0 } url && AddressCheck.Fault(url, mayBePlain: true, mayHaveQuery: false) is not null) SettingsCheck.Refuse(settings, key, url, "an absolute http or https address without a query, or none");
    }
}
