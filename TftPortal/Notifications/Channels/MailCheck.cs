using System.Collections.Immutable;
using System.Net;
using MimeKit;

namespace TftPortal.Notifications.Channels;

/// <summary>Judges what is special to e-mail.</summary>
internal static class MailCheck
{
    private const int MaxReceivers = 50;

    public static (ChannelSettings Settings, ChannelSecrets Secrets) Check(ChannelWish wish, Channel? before, List<WishFault> faults)
    {
        var was = before?.Settings;
        var host = wish.SmtpHost?.Trim() ?? was?.SmtpHost ?? "";
        if (host.Length is 0 or > 253 || Uri.CheckHostName(host) == UriHostNameType.Unknown) faults.Add(new("smtp_host", $"{ChannelCheck.Shown(host)} is no name of a mail server; allowed is a host name or an address"));
        var security = Security(wish.SmtpSecurity, was, faults);
        if (security == MailSecurity.None && !IsThisMachine(host)) faults.Add(new("smtp_security", "without TLS everybody on the way could read it; allowed are starttls and tls, and none only to localhost"));
        var port = wish.SmtpPort ?? (was?.SmtpPort is > 0 and var same ? same : security switch { MailSecurity.Tls => 465, MailSecurity.None => 25, _ => 587 });
        if (port is < 1 or > 65_535) faults.Add(new("smtp_port", $"{port} is out of range; allowed are 1 to 65535"));
        var certificate = Fingerprint(wish.CertificateSha256, faults);
        var isSame = was is not null && (was.SmtpHost, was.SmtpPort, was.SmtpSecurity, was.CertificateSha256) == (host, port, security, certificate);
        var (user, password) = ChannelCheck.SignInOf(wish, before, isSame, faults);
        if (user is not null && security == MailSecurity.None) faults.Add(new("password", "a password is never sent without TLS"));
        return (new()
        {
            SmtpHost = host,
            SmtpPort = port,
            SmtpSecurity = security,
            CertificateSha256 = certificate,
            UserName = user,
            From = Address("from", wish.From?.Trim() ?? was?.From, faults),
            To = Receivers(wish.To, was, faults),
        }, new() { Password = password });
    }

    private static MailSecurity Security(string? text, ChannelSettings? was, List<WishFault> faults)
    {
        if (string.IsNullOrEmpty(text)) return was?.SmtpSecurity ?? MailSecurity.Starttls;
        switch (text)
        {
            case "starttls": return MailSecurity.Starttls;
            case "tls": return MailSecurity.Tls;
            case "none": return MailSecurity.None;
            default:
                faults.Add(new("smtp_security", $"{ChannelCheck.Shown(text)} is unknown; allowed are starttls, tls and none"));
                return MailSecurity.Starttls;
        }
    }

    private static string? Fingerprint(string? text, List<WishFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var digits = text.Replace(":", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        if (digits.Length != 64 || !digits.All(char.IsAsciiHexDigit)) faults.Add(new("certificate_sha256", $"{ChannelCheck.Shown(text)} is no SHA-256; allowed are 64 hexadecimal digits, as openssl x509 -fingerprint -sha256 prints them"));
        return digits;
    }

    private static string? Address(string field, string? text, List<WishFault> faults)
    {
        if (IsAddress(text)) return text;
        faults.Add(new(field, $"{ChannelCheck.Shown(text)} is no e-mail address; allowed is one such as portal@example.com"));
        return null;
    }

    private static ImmutableArray<string> Receivers(IReadOnlyList<string?>? wished, ChannelSettings? was, List<WishFault> faults)
    {
        if (wished is null && was is not null) return was.To;
        var all = (wished ?? []).Select(address => address?.Trim() ?? "").Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        if (all.Length is 0 or > MaxReceivers) faults.Add(new("to", $"{all.Length} receivers; allowed are 1 to {MaxReceivers}"));
        foreach (var wrong in all.Where(address => !IsAddress(address)).Take(5)) faults.Add(new("to", $"{ChannelCheck.Shown(wrong)} is no e-mail address"));
        return all;
    }

    // A bare address: a name with it could carry more than it shows.
    private static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= 254 } && !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && text.IndexOf('@', StringComparison.Ordinal) > 0;

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
