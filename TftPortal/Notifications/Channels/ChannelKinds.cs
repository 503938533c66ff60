using System.Collections.Frozen;

namespace TftPortal.Notifications.Channels;

/// <summary>The kinds by their names on the wire, and which fields each has.</summary>
internal static class ChannelKinds
{
    /// <summary>PagerDuty's own address; a service in the EU has https://events.eu.pagerduty.com/v2/enqueue.</summary>
    public const string PagerDutyUrl = "https://events.pagerduty.com/v2/enqueue";

    private static readonly FrozenDictionary<string, ChannelKind> ByName = Enum.GetValues<ChannelKind>().ToFrozenDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Every name, in the order of the enum.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ChannelKind>().Select(WireName)];

    public static string WireName(this ChannelKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind of a name; null where there is none of that name.</summary>
    public static ChannelKind? Find(string? name) => name is not null && ByName.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>What people call it.</summary>
    public static string Title(this ChannelKind kind) => kind switch
    {
        ChannelKind.Webhook => "Webhook",
        ChannelKind.Slack => "Slack",
        ChannelKind.Teams => "Microsoft Teams",
        ChannelKind.Alertmanager => "Prometheus Alertmanager",
        ChannelKind.Pagerduty => "PagerDuty",
        _ => "E-mail",
    };

    /// <summary>Whether its address is as good as a password.</summary>
    public static bool HasSecretUrl(this ChannelKind kind) => kind is ChannelKind.Webhook or ChannelKind.Slack or ChannelKind.Teams;

    /// <summary>Whether the other side keeps an alert's state itself.</summary>
    public static bool KeepsState(this ChannelKind kind) => kind is ChannelKind.Alertmanager or ChannelKind.Pagerduty;

    /// <summary>The fields that it has besides name, kind and enabled.</summary>
    public static IReadOnlyList<string> Fields(this ChannelKind kind) => kind switch
    {
        ChannelKind.Webhook => ["url", "signing_secret"],
        ChannelKind.Slack or ChannelKind.Teams => ["url", "title_template", "text_template"],
        ChannelKind.Alertmanager => ["url", "user_name", "password", "title_template", "text_template"],
        ChannelKind.Pagerduty => ["url", "routing_key", "title_template"],
        _ => ["smtp_host", "smtp_port", "smtp_security", "certificate_sha256", "user_name", "password", "from", "to", "title_template", "text_template"],
    };
}
