using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Concerns;

namespace TftPortal.Notifications.Routing;

/// <summary>Whether a route lets something through.</summary>
internal static class RouteMatch
{
    public static bool Lets(this NoticeRoute route, Concern concern, DateTimeOffset now)
    {
        var rules = route.Rules;
        return route.IsEnabled
            && rules.Kinds.Contains(KindOf(concern))
            && (concern.Severity >= rules.MinSeverity || concern.Kind == NoticeKind.Summary) // which has none
            && (rules.WithSimulated || !concern.IsSimulated)
            && (rules.Hours is null || rules.Hours.Contains(now))
            && (concern.Kind != NoticeKind.Incident || LetsServers(rules, concern));
    }

    private static RouteKind KindOf(Concern concern) => concern.Kind switch
    {
        NoticeKind.KeyExpiry => RouteKind.KeyExpiry,
        NoticeKind.Portal => RouteKind.Portal,
        NoticeKind.Summary => RouteKind.Summary,
        _ => concern.IsBreaching ? RouteKind.Breaching : RouteKind.Predicted,
    };

    // One server is enough: whoever looks after the databases wants to hear of an outage that one of them is part of.
    private static bool LetsServers(RouteRules rules, Concern concern) =>
        concern.Servers.Any(server =>
            (rules.Profiles.IsEmpty || rules.Profiles.Contains(server.Profile))
            && (rules.Servers.IsEmpty || rules.Servers.Any(pattern => ServerPattern.Matches(pattern, server.Name))));
}
