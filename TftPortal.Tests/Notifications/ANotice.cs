using TftPortal.Engine.Fleet;
using TftPortal.Notifications;

namespace TftPortal.Tests.Notifications;

/// <summary>A message with everything in it, the same at every run.</summary>
internal static class ANotice
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static Notice Of(NoticeStep step = NoticeStep.Raised, AlertSeverity severity = AlertSeverity.Critical, params string[] servers)
    {
        if (servers.Length == 0) servers = ["web-01", "web-02"];
        return new()
        {
            Id = new("0195f3a0-0000-7000-8000-000000000001"),
            Concern = "incident:0195f3a0-0000-7000-8000-0000000000aa",
            Kind = NoticeKind.Incident,
            Step = step,
            Severity = severity,
            IsBreaching = true,
            At = Noon,
            StartedAt = Noon.AddMinutes(-2),
            ResolvedAt = step == NoticeStep.Resolved ? Noon : null,
            Title = $"{servers.Length} servers: mem_used_pct",
            Message = "web-01: memory at 97 %, over 90 % <now> & rising.",
            Servers = [.. servers.Take(Notice.MaxServers)],
            ServerCount = servers.Length,
            Alerts = [.. servers.Take(Notice.MaxAlerts).Select((server, index) => Alert(server, index))],
            AlertCount = servers.Length,
            AcknowledgedBy = step == NoticeStep.Acknowledged ? "anna@example.com" : null,
            Link = "https://tft.example.com/",
        };
    }

    private static NoticeAlert Alert(string server, int index) => new()
    {
        Id = new(index + 1, 0, 0, new byte[8]),
        Server = server,
        Metric = "mem_used_pct",
        Severity = AlertSeverity.Critical,
        IsBreaching = true,
        Value = 97.254,
        Threshold = 90,
        Probability = 0.98765,
        BreachAt = Noon.AddMinutes(-2),
        Message = $"{server}: memory at 97 %, over 90 %.",
    };
}
