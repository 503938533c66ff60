namespace TftPortal.Notifications.Channels;

/// <summary>A channel as somebody wrote it, in a request or in a form; nulls where nothing was said. Of a channel that is changed, a secret that is not said stays as it was.</summary>
internal sealed record ChannelWish
{
    public string? Name { get; init; }
    public string? Kind { get; init; }
    public bool? Enabled { get; init; }
    public string? Url { get; init; }
    public string? SigningSecret { get; init; }
    public string? RoutingKey { get; init; }
    public string? SmtpHost { get; init; }
    public int? SmtpPort { get; init; }
    public string? SmtpSecurity { get; init; }
    public string? CertificateSha256 { get; init; }
    public string? UserName { get; init; }
    public string? Password { get; init; }
    public string? From { get; init; }
    public IReadOnlyList<string?>? To { get; init; }
    public string? TitleTemplate { get; init; }
    public string? TextTemplate { get; init; }

    /// <summary>Never with a secret in it.</summary>
    public override string ToString() => $"{nameof(ChannelWish)} {Name}";
}

/// <summary>A channel that somebody wants, checked.</summary>
internal sealed record ChannelOrder(string Name, ChannelKind Kind, bool IsEnabled, ChannelSettings Settings, ChannelSecrets Secrets);

/// <summary>One thing wrong with a wish.</summary>
/// <param name="Field">Which field, as on the wire.</param>
/// <param name="Reason">What is wrong, and what is allowed.</param>
internal sealed record WishFault(string Field, string Reason);
