using System.Globalization;

namespace TftPortal.Notifications;

/// <summary>What a message tells beside its text: names and values.</summary>
internal static class NoticeFacts
{
    public static IReadOnlyList<(string Name, string Value)> Of(Notice notice)
    {
        if (notice.Kind == NoticeKind.Summary) return []; // its text is nothing else
        List<(string, string)> facts = [("Severity", notice.Severity.WireName())];
        if (notice.ServerCount > 0) facts.Add((notice.ServerCount == 1 ? "Server" : string.Create(CultureInfo.InvariantCulture, $"{notice.ServerCount} servers"), NoticeText.Servers(notice)));
        facts.Add(("Since", NoticeText.Moment(notice.StartedAt)));
        if (notice.ResolvedAt is { } end) facts.Add(("Until", NoticeText.Moment(end)));
        else if (notice.Kind == NoticeKind.Incident) facts.Add(("State", notice.IsBreaching ? "breaching now" : "predicted"));
        if (notice.AcknowledgedBy is { } who) facts.Add(("Acknowledged by", who));
        return facts;
    }
}
