using TftPortal.Engine.Fleet;

namespace TftPortal.Notifications;

/// <summary>How messages' parts are called on the wire. Receivers rely on these words.</summary>
internal static class NoticeNames
{
    public static string WireName(this NoticeKind kind) => kind switch
    {
        NoticeKind.Incident => "incident",
        NoticeKind.KeyExpiry => "key_expiry",
        NoticeKind.Portal => "portal",
        NoticeKind.Summary => "summary",
        _ => "test",
    };

    public static string WireName(this NoticeStep step) => step switch
    {
        NoticeStep.Raised => "raised",
        NoticeStep.Escalated => "escalated",
        NoticeStep.Repeated => "repeated",
        NoticeStep.Acknowledged => "acknowledged",
        _ => "resolved",
    };

    public static string WireName(this AlertSeverity severity) => severity == AlertSeverity.Critical ? "critical" : "warning";

    /// <summary>A state's name, as in <c>GET /alerts/active</c>.</summary>
    public static string StateName(bool isBreaching) => isBreaching ? "breaching" : "predicted";
}
