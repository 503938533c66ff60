using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api.Owning;

/// <summary><c>GET /alerts/incidents</c>: the alerts of the latest picture, by trouble.</summary>
internal static class Incidents
{
    public const string Path = "/alerts/incidents";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (HttpContext http, OutlookFeed feed) => AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new IncidentList(feed.Latest.Incidents.Length, [.. feed.Latest.Incidents.Select(Shape)])))
            .RequireKey(ApiScopes.Read).Described("Incidents", "Alerts that are one trouble: those of a server while they last, and those of servers that broke together. Every alert is in exactly one. absorbed names incidents that turned out to be this one.")
            .Produces<IncidentList>();

    /// <summary>Describes a route of alerts.</summary>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder route, string summary, string description) =>
        route.WithTags("Alerts").WithSummary(summary).WithDescription(description)
            .Produces<ApiError>(StatusCodes.Status403Forbidden).Produces<RateLimited>(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static IncidentShape Shape(AlertIncident incident) =>
        new(incident.Id, incident.StartedAt, incident.Severity == AlertSeverity.Critical ? "critical" : "warning", incident.Message, incident.Servers, incident.Alerts, incident.Absorbed);
}
