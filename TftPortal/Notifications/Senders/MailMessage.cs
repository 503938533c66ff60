using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Senders;

/// <summary>An e-mail: text, and the same as HTML without anything that is loaded from elsewhere. Its id is the message's, so that one that comes twice is told; all of one concern are one thread.</summary>
internal static class MailMessage
{
    private const int MaxSubject = 200, MaxText = 20_000;

    public static MimeMessage Write(Notice notice, ChannelSettings settings)
    {
        var from = MailboxAddress.Parse(settings.From!);
        from.Name = "TftPortal";
        var domain = settings.From![(settings.From!.LastIndexOf('@') + 1)..];
        var thread = $"{Uri.EscapeDataString(notice.Concern)}.tft@{domain}";
        var mail = new MimeMessage
        {
            Subject = NoticeText.Title(notice, settings, MaxSubject),
            Date = notice.At,
            MessageId = $"{notice.Id}.tft@{domain}",
        };
        mail.From.Add(from);
        mail.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        mail.References.Add(thread);
        mail.InReplyTo = thread;
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers
        mail.Headers.Add("X-Tft-Event", notice.Step.WireName());
        mail.Headers.Add("X-Tft-Severity", notice.Severity.WireName());
        var body = NoticeText.Body(notice, settings, MaxText);
        mail.Body = new MultipartAlternative
        {
            new TextPart("plain") { Text = Plain(notice, body) },
            new TextPart("html") { Text = Html(notice, mail.Subject, body) },
        };
        return mail;
    }

    private static string Plain(Notice notice, string body)
    {
        var text = new StringBuilder(body).Append("\n\n");
        foreach (var (name, value) in NoticeFacts.Of(notice)) text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        if (notice.Link is { } link) text.Append('\n').Append(link).Append('\n');
        return text.ToString();
    }

    private static string Html(Notice notice, string title, string body)
    {
        var colour = notice.Kind == NoticeKind.Summary ? "#1565c0" : notice.Step == NoticeStep.Resolved ? "#2e7d32" : notice.Severity == Engine.Fleet.AlertSeverity.Critical ? "#c62828" : "#b26a00";
        var html = new StringBuilder($"<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.4\"><h2 style=\"color:{colour}\">{Text(title)}</h2><p>{Text(body).Replace("\n", "<br>", StringComparison.Ordinal)}</p><table>");
        foreach (var (name, value) in NoticeFacts.Of(notice)) html.Append(CultureInfo.InvariantCulture, $"<tr><th align=\"left\">{Text(name)}</th><td>{Text(value)}</td></tr>");
        html.Append("</table>");
        if (notice.Link is { } link) html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Text(link)}\">Open in TftPortal</a></p>");
        return html.Append("</body></html>").ToString();

        static string Text(string text) => WebUtility.HtmlEncode(text);
    }
}
