using System.Collections.Immutable;

namespace TftPortal.Notifications.Channels;

/// <summary>Judges a wish for a channel; names every fault, not only the first.</summary>
internal static class ChannelCheck
{
    public const int MaxName = 64;
    private const int MaxTemplate = 2000;

    /// <summary>The order that a wish makes, or everything that is wrong with it.</summary>
    /// <param name="wish">What was asked for.</param>
    /// <param name="before">The channel that shall be changed; null for a new one. Its kind stays, and so do secrets that the wish does not say.</param>
    public static (ChannelOrder? Order, ImmutableArray<WishFault> Faults) Check(ChannelWish wish, Channel? before)
    {
        List<WishFault> faults = [];
        var name = wish.Name?.Trim() ?? before?.Name ?? "";
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl)) faults.Add(new("name", $"a channel needs a name of 1 to {MaxName} characters that can be seen"));
        if ((before?.Kind ?? ChannelKinds.Find(wish.Kind)) is not { } kind)
        {
            faults.Add(new("kind", $"{Shown(wish.Kind)} is no kind of channel; allowed are {string.Join(", ", ChannelKinds.Names)}"));
            return (null, [.. faults]);
        }

        if (before is not null && wish.Kind is not null && ChannelKinds.Find(wish.Kind) != kind) faults.Add(new("kind", $"a channel's kind can't be changed; this one is {kind.WireName()}"));
        RefuseForeign(wish, kind, faults);
        var (settings, secrets) = kind == ChannelKind.Email ? MailCheck.Check(wish, before, faults) : Addressed(wish, kind, before, faults);
        settings = settings with { TitleTemplate = Template("title_template", wish.TitleTemplate, faults), TextTemplate = Template("text_template", wish.TextTemplate, faults) };
        return faults.Count > 0 ? (null, [.. faults]) : (new(name, kind, wish.Enabled ?? before?.IsEnabled ?? true, settings, secrets), []);
    }

    /// <summary>How what was written is shown in a fault: short, and in quotes. Never for a secret.</summary>
    public static string Shown(string? text) => text is null ? "nothing" : $"'{(text.Length <= 60 ? text : text[..60] + "…")}'";

    private static (ChannelSettings Settings, ChannelSecrets Secrets) Addressed(ChannelWish wish, ChannelKind kind, Channel? before, List<WishFault> faults)
    {
        var settings = new ChannelSettings();
        var secrets = new ChannelSecrets();
        if (kind.HasSecretUrl())
        {
            var url = wish.Url?.Trim() is { Length: > 0 } said ? said : before?.Secrets?.Url;
            if (AddressCheck.Fault(url, mayBePlain: kind == ChannelKind.Webhook, mayHaveQuery: true) is { } fault) faults.Add(new("url", fault));
            else (secrets, settings) = (secrets with { Url = url }, settings with { Url = new Uri(url!).GetLeftPart(UriPartial.Authority) });
        }
        else
        {
            var url = wish.Url?.Trim() is { Length: > 0 } said ? said : before?.Settings.Url ?? (kind == ChannelKind.Pagerduty ? ChannelKinds.PagerDutyUrl : null);
            if (AddressCheck.Fault(url, mayBePlain: kind == ChannelKind.Alertmanager, mayHaveQuery: false) is { } fault) faults.Add(new("url", $"{Shown(url)}: {fault}"));
            else settings = settings with { Url = url };
        }

        if (kind == ChannelKind.Webhook)
        {
            var secret = wish.SigningSecret?.Trim() is { Length: > 0 } said ? said : before?.Secrets?.SigningSecret;
            if (!WebhookSecret.IsOne(secret)) faults.Add(new("signing_secret", WebhookSecret.Allowed));
            secrets = secrets with { SigningSecret = secret };
        }

        if (kind == ChannelKind.Pagerduty)
        {
            var key = wish.RoutingKey?.Trim() is { Length: > 0 } said ? said : settings.Url == before?.Settings.Url ? before?.Secrets?.RoutingKey : null;
            if (key is not { Length: 32 } || !key.All(char.IsAsciiLetterOrDigit)) faults.Add(new("routing_key", "not an integration key; allowed are the 32 letters and digits that PagerDuty shows for an integration of the kind Events API v2"));
            secrets = secrets with { RoutingKey = key };
        }

        if (kind == ChannelKind.Alertmanager)
        {
            var (user, password) = SignInOf(wish, before, settings.Url == before?.Settings.Url, faults);
            if (user is not null && AddressCheck.IsPlain(settings.Url)) faults.Add(new("password", "a password is never sent by plain HTTP, where everybody on the way can read it; allowed are an https address, one of this machine, or no user_name"));
            (settings, secrets) = (settings with { UserName = user }, secrets with { Password = password });
        }

        return (settings, secrets);
    }

    /// <summary>A user and a password: both or neither.</summary>
    /// <param name="wish">What was asked for.</param>
    /// <param name="before">The channel as it was.</param>
    /// <param name="isSameTarget">Whether it goes where it went: a password that is kept must never be sent elsewhere, where whoever changes the channel could read it.</param>
    /// <param name="faults">What is wrong is added.</param>
    public static (string? UserName, string? Password) SignInOf(ChannelWish wish, Channel? before, bool isSameTarget, List<WishFault> faults)
    {
        var user = string.IsNullOrWhiteSpace(wish.UserName) ? null : wish.UserName.Trim();
        var kept = isSameTarget && user == before?.Settings.UserName ? before?.Secrets?.Password : null;
        var password = string.IsNullOrEmpty(wish.Password) ? kept : wish.Password;
        if (user is null && !string.IsNullOrEmpty(wish.Password)) faults.Add(new("user_name", "a password needs the name of whom it belongs to"));
        if (user is not null && password is null) faults.Add(new("password", $"{Shown(user)} needs a password{(before is null ? "" : "; the one before is kept only while the user and the address stay the same")}"));
        if (user is { Length: > 256 } || user?.Any(char.IsControl) == true || user?.Contains(':', StringComparison.Ordinal) == true && !user.Contains('@', StringComparison.Ordinal)) faults.Add(new("user_name", "allowed are 1 to 256 characters that can be seen, without ':'"));
        if (password is { Length: > 1024 }) faults.Add(new("password", "allowed are at most 1024 characters"));
        return (user, user is null ? null : password);
    }

    private static string? Template(string field, string? text, List<WishFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > MaxTemplate) faults.Add(new(field, $"{text.Length} characters; allowed are {MaxTemplate}"));
        else if (NoticeText.UnknownIn(text) is { } unknown) faults.Add(new(field, $"{{{unknown}}} is unknown; allowed are {string.Join(", ", NoticeText.Placeholders.Select(name => $"{{{name}}}"))}"));
        return text;
    }

    // What a kind has no use for was meant for another: said, and not dropped in silence.
    private static void RefuseForeign(ChannelWish wish, ChannelKind kind, List<WishFault> faults)
    {
        foreach (var (field, isSaid) in (ReadOnlySpan<(string, bool)>)
            [
                ("url", !string.IsNullOrEmpty(wish.Url)), ("signing_secret", !string.IsNullOrEmpty(wish.SigningSecret)), ("routing_key", !string.IsNullOrEmpty(wish.RoutingKey)),
                ("smtp_host", !string.IsNullOrEmpty(wish.SmtpHost)), ("smtp_port", wish.SmtpPort is not null), ("smtp_security", !string.IsNullOrEmpty(wish.SmtpSecurity)),
                ("certificate_sha256", !string.IsNullOrEmpty(wish.CertificateSha256)), ("user_name", !string.IsNullOrEmpty(wish.UserName)), ("password", !string.IsNullOrEmpty(wish.Password)),
                ("from", !string.IsNullOrEmpty(wish.From)), ("to", wish.To is { Count: > 0 }), ("title_template", !string.IsNullOrEmpty(wish.TitleTemplate)), ("text_template", !string.IsNullOrEmpty(wish.TextTemplate)),
            ])
        {
            if (isSaid && !kind.Fields().Contains(field)) faults.Add(new(field, $"a channel of the kind {kind.WireName()} has none; it has {string.Join(", ", kind.Fields())}"));
        }
    }
}
