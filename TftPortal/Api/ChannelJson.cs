using System.Globalization;
using TftPortal.Access.Records;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Routing;

namespace TftPortal.Api;

/// <summary>How channels, routes and deliveries are shown and asked for in JSON.</summary>
internal static class ChannelJson
{
    public static ChannelWish Wish(ChannelRequest request) => new()
    {
        Name = request.Name,
        Kind = request.Kind,
        Enabled = request.Enabled,
        Url = request.Url,
        SigningSecret = request.SigningSecret,
        RoutingKey = request.RoutingKey,
        SmtpHost = request.SmtpHost,
        SmtpPort = request.SmtpPort,
        SmtpSecurity = request.SmtpSecurity,
        CertificateSha256 = request.CertificateSha256,
        UserName = request.UserName,
        Password = request.Password,
        From = request.From,
        To = request.To,
        TitleTemplate = request.TitleTemplate,
        TextTemplate = request.TextTemplate,
    };

    public static ChannelAnswer Answer(ListedChannel listed)
    {
        var (channel, settings) = (listed.Channel, listed.Channel.Settings);
        var isMail = channel.Kind == ChannelKind.Email;
        return new()
        {
            Id = channel.Id,
            Name = channel.Name,
            Kind = channel.Kind.WireName(),
            Enabled = channel.IsEnabled,
            Url = settings.Url,
            SmtpHost = settings.SmtpHost,
            SmtpPort = isMail ? settings.SmtpPort : null,
            SmtpSecurity = isMail ? settings.SmtpSecurity.ToString().ToLowerInvariant() : null,
            CertificateSha256 = settings.CertificateSha256,
            UserName = settings.UserName,
            From = settings.From,
            To = settings.To,
            TitleTemplate = settings.TitleTemplate,
            TextTemplate = settings.TextTemplate,
            SecretsReadable = channel.Secrets is not null,
            CreatedAt = Timestamps.Text(listed.CreatedAt),
            CreatedBy = listed.CreatedBy,
            ChangedAt = Timestamps.Text(listed.ChangedAt),
            LastSentAt = Text(listed.SentAt),
            LastFailedAt = Text(listed.FailedAt),
            LastFault = listed.Fault,
            FailuresInARow = listed.Failures,
            Queued = listed.Queued,
            Dead = listed.Dead,
        };
    }

    public static RouteWish Wish(RouteRequest request) => new()
    {
        Name = request.Name,
        Enabled = request.Enabled,
        ChannelId = request.ChannelId,
        Kinds = request.Kinds,
        MinSeverity = request.MinSeverity,
        Profiles = request.Profiles,
        Servers = request.Servers,
        From = request.From,
        To = request.To,
        Days = request.Days,
        Zone = request.Zone,
        RepeatMinutes = request.RepeatMinutes,
        EscalateAfterMinutes = request.EscalateAfterMinutes,
        EscalateToId = request.EscalateToId,
        Resolved = request.Resolved,
        Simulated = request.Simulated,
    };

    public static RouteAnswer Answer(ListedRoute listed)
    {
        var (route, rules) = (listed.Route, listed.Route.Rules);
        return new()
        {
            Id = route.Id,
            Name = route.Name,
            Enabled = route.IsEnabled,
            ChannelId = route.ChannelId,
            Kinds = [.. rules.Kinds.Select(kind => kind.WireName())],
            MinSeverity = rules.MinSeverity.WireName(),
            Profiles = [.. rules.Profiles.Select(profile => profile.WireName())],
            Servers = rules.Servers,
            From = rules.Hours?.From.ToString("HH:mm", CultureInfo.InvariantCulture),
            To = rules.Hours?.To.ToString("HH:mm", CultureInfo.InvariantCulture),
            Days = rules.Hours is { } hours ? [.. hours.Days.Select(day => day.WireName())] : [],
            Zone = rules.Hours?.Zone,
            RepeatMinutes = rules.RepeatMinutes,
            EscalateAfterMinutes = rules.EscalateAfterMinutes,
            EscalateToId = route.EscalateToId,
            Resolved = rules.WithResolved,
            Simulated = rules.WithSimulated,
            CreatedAt = Timestamps.Text(listed.CreatedAt),
            CreatedBy = listed.CreatedBy,
            ChangedAt = Timestamps.Text(listed.ChangedAt),
        };
    }

    public static DeliveryAnswer Answer(ListedDelivery delivery) => new()
    {
        Number = delivery.Number,
        Id = delivery.Notice.Id.ToString(),
        ChannelId = delivery.ChannelId,
        State = delivery.State,
        Event = delivery.Notice.Step.WireName(),
        Kind = delivery.Notice.Kind.WireName(),
        Key = delivery.Notice.Concern,
        Title = delivery.Notice.Title,
        QueuedAt = Timestamps.Text(delivery.QueuedAt),
        Attempts = delivery.Attempts,
        NextAt = delivery.State == DeliveryRow.Queued ? Timestamps.Text(delivery.NextAt) : null,
        EndedAt = Text(delivery.EndedAt),
        Fault = delivery.Fault,
    };

    private static string? Text(DateTimeOffset? at) => at is { } time ? Timestamps.Text(time) : null;
}
