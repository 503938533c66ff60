using System.ComponentModel.DataAnnotations;

namespace TftPortal.Api.Shapes;

/// <summary>A channel to make or change. Which fields it has depends on its kind; others, and unknown ones, are refused. A secret that is absent from a change stays as it was.</summary>
internal sealed record ChannelRequest
{
    /// <summary>What people call it, 1 to 64 characters; unique.</summary>
    [Required]
    public string? Name { get; init; }
    /// <summary>webhook, slack, teams, alertmanager, pagerduty or email; it can't be changed.</summary>
    [Required]
    public string? Kind { get; init; }
    /// <summary>Whether anything is sent to it; absent: as it was, and true for a new one.</summary>
    public bool? Enabled { get; init; }
    /// <summary>Where it posts to. Of webhook, slack and teams it is a secret: only scheme and host are shown again.</summary>
    public string? Url { get; init; }
    /// <summary>What a webhook is signed with: whsec_ and 24 to 64 bytes in base64. A secret.</summary>
    public string? SigningSecret { get; init; }
    /// <summary>PagerDuty's integration key, 32 letters and digits. A secret.</summary>
    public string? RoutingKey { get; init; }
    /// <summary>The mail server.</summary>
    public string? SmtpHost { get; init; }
    /// <summary>Its port; absent: 587 with starttls, 465 with tls.</summary>
    public int? SmtpPort { get; init; }
    /// <summary>starttls (absent), tls, or none, which is allowed to this machine only.</summary>
    public string? SmtpSecurity { get; init; }
    /// <summary>SHA-256 of the one certificate that is taken, for a mail server whose issuer is not trusted.</summary>
    public string? CertificateSha256 { get; init; }
    /// <summary>Whom it signs in as, at the mail server or the Alertmanager.</summary>
    public string? UserName { get; init; }
    /// <summary>The password of that. A secret.</summary>
    public string? Password { get; init; }
    /// <summary>The sender's address.</summary>
    public string? From { get; init; }
    /// <summary>The receivers' addresses, 1 to 50.</summary>
    public IReadOnlyList<string?>? To { get; init; }
    /// <summary>How a title is made, with {placeholders}; absent: as usual.</summary>
    public string? TitleTemplate { get; init; }
    /// <summary>How the text is made, with {placeholders}; absent: as usual.</summary>
    public string? TextTemplate { get; init; }

    /// <summary>Never with a secret in it.</summary>
    public override string ToString() => $"{nameof(ChannelRequest)} {Name}";
}

/// <summary>Every channel.</summary>
/// <param name="Channels">By name.</param>
internal sealed record ChannelList(IReadOnlyList<ChannelAnswer> Channels);

/// <summary>A channel, without its secrets.</summary>
internal sealed record ChannelAnswer
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }
    /// <summary>webhook, slack, teams, alertmanager, pagerduty or email.</summary>
    public required string Kind { get; init; }
    /// <summary>Whether anything is sent to it.</summary>
    public required bool Enabled { get; init; }
    /// <summary>Where it posts to; only scheme and host where the whole is a secret. Null for e-mail.</summary>
    public required string? Url { get; init; }
    /// <summary>The mail server; null but for e-mail.</summary>
    public required string? SmtpHost { get; init; }
    /// <summary>Its port.</summary>
    public required int? SmtpPort { get; init; }
    /// <summary>starttls, tls or none.</summary>
    public required string? SmtpSecurity { get; init; }
    /// <summary>The one certificate that is taken.</summary>
    public required string? CertificateSha256 { get; init; }
    /// <summary>Whom it signs in as.</summary>
    public required string? UserName { get; init; }
    /// <summary>The sender's address.</summary>
    public required string? From { get; init; }
    /// <summary>The receivers' addresses.</summary>
    public required IReadOnlyList<string> To { get; init; }
    /// <summary>How a title is made; null as usual.</summary>
    public required string? TitleTemplate { get; init; }
    /// <summary>How the text is made; null as usual.</summary>
    public required string? TextTemplate { get; init; }
    /// <summary>Whether its secrets can be read. If not, enter them anew: nothing is sent until then.</summary>
    public required bool SecretsReadable { get; init; }
    /// <summary>When it was made.</summary>
    public required string CreatedAt { get; init; }
    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }
    /// <summary>When it was last changed.</summary>
    public required string ChangedAt { get; init; }
    /// <summary>When it last took something; null: never.</summary>
    public required string? LastSentAt { get; init; }
    /// <summary>When it last did not.</summary>
    public required string? LastFailedAt { get; init; }
    /// <summary>Why; null where it took the last. Where failures_in_a_row is 0, whom the last did not reach: addresses that a mail server refused.</summary>
    public required string? LastFault { get; init; }
    /// <summary>Failed attempts in a row.</summary>
    public required int FailuresInARow { get; init; }
    /// <summary>Messages that wait for it.</summary>
    public required int Queued { get; init; }
    /// <summary>Dead letters of it.</summary>
    public required int Dead { get; init; }
}

/// <summary>What became of a test.</summary>
/// <param name="Delivered">Whether the channel took it.</param>
/// <param name="Fault">Why not; where it did, whom it did not reach, or null.</param>
internal sealed record ChannelTested(bool Delivered, string? Fault);
