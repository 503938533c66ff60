using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api.Owning;

/// <summary><c>/api/alerts/maintenance</c>: recurring windows in which nothing is sent; read with the scope read, changed with the scope admin.</summary>
internal static class Maintenance
{
    public const string Path = "/api/alerts/maintenance";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, OutlookFeed feed, MaintenanceCalendar calendar, TimeProvider clock) => AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new MaintenanceList([.. feed.Latest.Book.Maintenance.Select(window => Shape(window, calendar, clock.GetUtcNow()))])))
            .RequireKey(ApiScopes.Read, or: ApiScopes.Admin).Described("List maintenance windows", "Each with when it is open next, or now.").Produces<MaintenanceList>();
        routes.MapPost(Path, (HttpContext http, OrderAnswers answers) => answers.DoAsync<MaintenanceRequest>(http, body => Order(http, Guid.Empty, body), id => new OrderDone(id), StatusCodes.Status201Created, FaultOf))
            .RequireKey(ApiScopes.Admin).Described("Make a maintenance window", "Everything is recorded and shown in it, and nothing is sent.")
            .Accepts<MaintenanceRequest>(JsonAnswer.ContentType).Produces<OrderDone>(StatusCodes.Status201Created).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        routes.MapPut($"{Path}/{{id}}", (HttpContext http, string id, OrderAnswers answers) => Known(id) is { } window
                ? answers.DoAsync<MaintenanceRequest>(http, body => Order(http, window, body), done => new OrderDone(done), unfit: FaultOf)
                : OrderAnswers.UnknownAsync(http, "maintenance window", id))
            .RequireKey(ApiScopes.Admin).Described("Change a maintenance window", "It is as the body says; what the body leaves out is not kept.")
            .Accepts<MaintenanceRequest>(JsonAnswer.ContentType).Produces<OrderDone>().Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        routes.MapDelete($"{Path}/{{id}}", (HttpContext http, string id, OrderAnswers answers) => Known(id) is { } window
                ? answers.DoAsync(http, new RemoveMaintenanceOrder(window, OrderAnswers.By(http, null)), done => new OrderDone(done))
                : OrderAnswers.UnknownAsync(http, "maintenance window", id))
            .RequireKey(ApiScopes.Admin).Described("Remove a maintenance window", "One that is open ends.").Produces<OrderDone>().Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    private static Guid? Known(string id) => Guid.TryParse(id, out var window) && window != Guid.Empty ? window : null;

    // A time with an offset is another time by the clock of the zone than it says.
    private static OrderFault? FaultOf(MaintenanceRequest body) => body.Start is { Kind: not DateTimeKind.Unspecified }
        ? new("start", "it has an offset; allowed is a time by the clock of time_zone, without one: 2026-03-01T02:00:00")
        : null;

    private static MaintenanceOrder Order(HttpContext http, Guid id, MaintenanceRequest body)
    {
        var by = OrderAnswers.By(http, null);
        return new(
            new()
            {
                Id = id,
                Name = body.Name ?? "",
                Servers = body.Servers ?? "",
                Start = body.Start ?? default,
                Duration = TimeSpan.FromMinutes(body.DurationMinutes is { } minutes && double.IsFinite(minutes) ? Math.Clamp(minutes, 0, 1e6) : 0),
                Rule = body.Rule?.Trim() ?? "",
                TimeZone = body.TimeZone ?? "UTC",
                By = by,
                ChangedAt = default,
            },
            by);
    }

    private static MaintenanceShape Shape(MaintenanceWindow window, MaintenanceCalendar calendar, DateTimeOffset now)
    {
        var next = calendar.Next(window, now);
        return new(window.Id, window.Name, window.Servers, window.Start, window.Duration.TotalMinutes, window.Rule, window.TimeZone, next?.From <= now, next?.From, next?.Until, window.By, window.ChangedAt);
    }
}
