using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications;

/// <summary>A message in words: as usual, or by a channel's templates.</summary>
internal static partial class NoticeText
{
    private const int ServersNamed = 10;

    /// <summary>What a template may name, in braces.</summary>
    public static readonly IReadOnlyList<string> Placeholders =
        ["title", "message", "event", "kind", "severity", "state", "servers", "server_count", "alerts", "started", "acknowledged_by", "note", "link"];

    private const string UsualTitle = "[{event}] {severity}: {title}";

    /// <summary>A placeholder of a template that there is none of; null where all are known.</summary>
    public static string? UnknownIn(string template) =>
        Braced().Matches(template).Select(match => match.Groups["name"].Value).FirstOrDefault(name => !Placeholders.Contains(name, StringComparer.Ordinal));

    /// <summary>The title, one line.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="settings">The channel's.</param>
    /// <param name="maxLength">The longest that its receiver takes, characters.</param>
    public static string Title(Notice notice, ChannelSettings settings, int maxLength) =>
        Cut(Fill(settings.TitleTemplate ?? (notice.Kind == NoticeKind.Summary ? "{title}" : UsualTitle), notice).ReplaceLineEndings(" ").Trim(), maxLength);

    /// <summary>The text, of several lines.</summary>
    public static string Body(Notice notice, ChannelSettings settings, int maxLength) =>
        Cut(settings.TextTemplate is { } template ? Fill(template, notice).Trim() : Usual(notice), maxLength);

    /// <summary>The servers by name, and how many more there are.</summary>
    public static string Servers(Notice notice)
    {
        var named = string.Join(", ", notice.Servers.Take(ServersNamed));
        return notice.ServerCount > ServersNamed ? string.Create(CultureInfo.InvariantCulture, $"{named} and {notice.ServerCount - ServersNamed} more") : named;
    }

    /// <summary>A moment, in UTC: a message is read in many time zones.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What has become of it, for people.</summary>
    public static string Word(NoticeStep step) => step switch
    {
        NoticeStep.Raised => "new",
        NoticeStep.Escalated => "worse",
        NoticeStep.Repeated => "still there",
        NoticeStep.Acknowledged => "acknowledged",
        _ => "resolved",
    };

    /// <summary>The first characters of a text that is too long, and that it was cut. Never half of a pair.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength) return text;
        var end = maxLength - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static string Usual(Notice notice)
    {
        var text = new StringBuilder(notice.Message);
        if (notice.Note is { } note) text.Append('\n').Append(note);
        if (notice.AcknowledgedBy is { } who && notice.Step != NoticeStep.Resolved) text.Append("\nAcknowledged by ").Append(who).Append('.');
        if (notice.AlertCount > 1)
        {
            foreach (var alert in notice.Alerts.Take(ServersNamed)) text.Append("\n• ").Append(alert.Message);
            if (notice.AlertCount > ServersNamed) text.Append(CultureInfo.InvariantCulture, $"\n• and {notice.AlertCount - ServersNamed} more");
        }

        return text.ToString();
    }

    private static string Fill(string template, Notice notice) => Braced().Replace(template, match => match.Groups["name"].Value switch
    {
        "title" => notice.Title,
        "message" => notice.Message,
        "event" => Word(notice.Step),
        "kind" => notice.Kind.WireName(),
        "severity" => notice.Severity.WireName(),
        "state" => NoticeNames.StateName(notice.IsBreaching),
        "servers" => Servers(notice),
        "server_count" => notice.ServerCount.ToString(CultureInfo.InvariantCulture),
        "alerts" => string.Join('\n', notice.Alerts.Select(alert => alert.Message)),
        "started" => Moment(notice.StartedAt),
        "acknowledged_by" => notice.AcknowledgedBy ?? "",
        "note" => notice.Note ?? "",
        "link" => notice.Link ?? "",
        _ => match.Value,
    });

    [GeneratedRegex(@"\{(?<name>[a-z_]+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braced();
}
