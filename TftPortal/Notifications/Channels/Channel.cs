using System.Collections.Immutable;
using System.Text;

namespace TftPortal.Notifications.Channels;

/// <summary>What a channel speaks.</summary>
internal enum ChannelKind
{
    /// <summary>Our own JSON, signed.</summary>
    Webhook,

    /// <summary>Slack's incoming webhooks, and what is compatible (Mattermost, Rocket.Chat).</summary>
    Slack,

    /// <summary>Microsoft Teams, by a workflow's webhook.</summary>
    Teams,

    /// <summary>Prometheus Alertmanager, API v2.</summary>
    Alertmanager,

    /// <summary>PagerDuty, Events API v2.</summary>
    Pagerduty,

    /// <summary>E-mail, by SMTP.</summary>
    Email,
}

/// <summary>How a mail server's connection is protected.</summary>
internal enum MailSecurity
{
    /// <summary>TLS begun by STARTTLS, and nothing without it.</summary>
    Starttls,

    /// <summary>TLS from the first byte on (port 465).</summary>
    Tls,

    /// <summary>None; only to this machine itself.</summary>
    None,
}

/// <summary>Somewhere that messages go.</summary>
internal sealed record Channel
{
    public required string Id { get; init; }

    /// <summary>What people call it; unique.</summary>
    public required string Name { get; init; }

    public required ChannelKind Kind { get; init; }
    public required ChannelSettings Settings { get; init; }

    /// <summary>What must not be shown; null where it can't be read any more, since the keys in <c>protection/</c> are others.</summary>
    public required ChannelSecrets? Secrets { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>Whether the other side keeps an alert's state itself: it is told of beginnings and ends, and reminds people by its own rules.</summary>
    public bool KeepsState => Kind.KeepsState();
}

/// <summary>What may be shown of a channel.</summary>
internal sealed record ChannelSettings
{
    /// <summary>Where it posts to, Alertmanager and PagerDuty; of the others, whose address is a secret, only scheme and host.</summary>
    public string? Url { get; init; }

    /// <summary>Name of the mail server.</summary>
    public string? SmtpHost { get; init; }

    public int SmtpPort { get; init; }
    public MailSecurity SmtpSecurity { get; init; }

    /// <summary>SHA-256 of the one certificate that is taken, 64 hexadecimal digits, for a mail server whose issuer is not trusted; null where the usual rules hold.</summary>
    public string? CertificateSha256 { get; init; }

    /// <summary>Who it signs in as, at the mail server or the Alertmanager; null where it does not.</summary>
    public string? UserName { get; init; }

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>The receivers' addresses.</summary>
    public ImmutableArray<string> To { get; init; } = [];

    /// <summary>How a title is made; null as usual.</summary>
    public string? TitleTemplate { get; init; }

    /// <summary>How the text is made; null as usual.</summary>
    public string? TextTemplate { get; init; }
}

/// <summary>What must not be shown of a channel. Nothing prints it.</summary>
internal sealed record ChannelSecrets
{
    /// <summary>Nothing secret.</summary>
    public static ChannelSecrets None { get; } = new();

    /// <summary>The address of a webhook, Slack or Teams: who knows it may write there.</summary>
    public string? Url { get; init; }

    /// <summary>What a webhook is signed with: <c>whsec_</c> and base64.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>PagerDuty's integration key.</summary>
    public string? RoutingKey { get; init; }

    /// <summary>The password of <see cref="ChannelSettings.UserName"/>.</summary>
    public string? Password { get; init; }

    /// <summary>A text without any of them: receivers repeat in their answers what they were sent.</summary>
    /// <param name="text">The text.</param>
    /// <param name="userName">Who the password belongs to; null where there is none.</param>
    public string Redact(string text, string? userName = null)
    {
        foreach (var secret in (ReadOnlySpan<string?>)[Url, SigningSecret, RoutingKey, Password, userName is null || Password is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{Password}"))])
        {
            if (secret is { Length: > 3 }) text = text.Replace(secret, "•••", StringComparison.Ordinal).Replace(Uri.EscapeDataString(secret), "•••", StringComparison.OrdinalIgnoreCase);
        }

        // The path of an address is its secret part, and some receivers repeat it alone.
        if (Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.PathAndQuery.Length > 8) text = text.Replace(url.PathAndQuery, "/•••", StringComparison.Ordinal);
        return text;
    }

    /// <summary>Never with a secret in it.</summary>
    public override string ToString() => nameof(ChannelSecrets);
}
