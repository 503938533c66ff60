using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Owning;

/// <summary><c>POST /alerts/{id}/…</c>: what programs do with an alert, with the scope admin. It is on disk when it is answered.</summary>
internal static class AlertActs
{
    /// <summary>The paths, and their methods.</summary>
    public static readonly string[] Paths = ["/alerts/{id}/acknowledge", "/alerts/{id}/unacknowledge", "/alerts/{id}/assign", "/alerts/{id}/comment", "/alerts/{id}/mark", "/api/alerts/missed"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe<Acknowledgement>(routes.MapPost(Paths[0], (HttpContext http, string id, OrderAnswers answers) => DoAsync<Acknowledgement>(http, id, answers, (alert, body) => new(alert, AlertActKind.Acknowledged, body.Reason ?? "", OrderAnswers.By(http, body.Name)))),
            "Acknowledge an alert", "Says who took it, and why.");
        Describe<Acknowledgement>(routes.MapPost(Paths[1], (HttpContext http, string id, OrderAnswers answers) => DoAsync<Acknowledgement>(http, id, answers, (alert, body) => new(alert, AlertActKind.Unacknowledged, body.Reason ?? "", OrderAnswers.By(http, body.Name)))),
            "Give an alert back", "Nobody has it any more.");
        Describe<Assignment>(routes.MapPost(Paths[2], (HttpContext http, string id, OrderAnswers answers) => DoAsync<Assignment>(http, id, answers, (alert, body) => new(alert, body.To is null ? AlertActKind.Unassigned : AlertActKind.Assigned, body.To ?? "", OrderAnswers.By(http, body.Name)))),
            "Assign an alert", "Makes it somebody's, or nobody's.");
        Describe<AlertComment>(routes.MapPost(Paths[3], (HttpContext http, string id, OrderAnswers answers) => DoAsync<AlertComment>(http, id, answers, (alert, body) => new(alert, AlertActKind.Commented, body.Comment ?? "", OrderAnswers.By(http, body.Name)))),
            "Comment on an alert", "The newest 100 things that were done with an alert are kept.");
        Describe<AlertMark>(routes.MapPost(Paths[4], (HttpContext http, string id, OrderAnswers answers) => MarkAsync(http, id, answers)),
            "Mark an alert", "As a false alarm, or as real after all; while it stands, or within a day after it has ended.");
        Describe<MissedMark>(routes.MapPost(Paths[5], (HttpContext http, OrderAnswers answers) => answers.DoAsync<MissedMark>(http, body => Missed(http, body), id => new OrderDone(id), StatusCodes.Status201Created)),
            "Mark what was missed", "An alert that should have been: the server, the metric and when the trouble began.", StatusCodes.Status201Created);
    }

    private static void Describe<T>(RouteHandlerBuilder route, string summary, string description, int status = StatusCodes.Status200OK)
        where T : notnull =>
        route.RequireKey(ApiScopes.Admin).WithTags("Alerts").WithSummary(summary).WithDescription(description)
            .Accepts<T>(JsonAnswer.ContentType).Produces<OrderDone>(status)
            .Produces<ApiError>(StatusCodes.Status403Forbidden).Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity).Produces<RateLimited>(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static Task DoAsync<T>(HttpContext http, string id, OrderAnswers answers, Func<Guid, T, ActOrder> order, Func<T, OrderFault?>? unfit = null)
        where T : class, new() =>
        Guid.TryParse(id, out var alert) ? answers.DoAsync<T>(http, body => order(alert, body), done => new OrderDone(done), unfit: unfit) : OrderAnswers.UnknownAsync(http, "alert", id);

    private static Task MarkAsync(HttpContext http, string id, OrderAnswers answers) =>
        DoAsync<AlertMark>(http, id, answers, (alert, body) => new(alert, KindOf(body.As)!.Value, body.Reason ?? "", OrderAnswers.By(http, body.Name)), Unfit);

    private static OrderFault? Unfit(AlertMark body) =>
        KindOf(body.As) is not null ? null : new("as", $"\"{(body.As is { Length: > 64 } said ? said[..64] : body.As)}\" is no mark; allowed are false_alarm and real");

    private static AlertActKind? KindOf(string? mark) => mark switch { "false_alarm" => AlertActKind.FalseAlarm, "real" => AlertActKind.RealAlarm, _ => null };

    private static MissedOrder Missed(HttpContext http, MissedMark body) =>
        new(body.Server ?? "", body.Metric ?? "", body.At ?? DateTimeOffset.MinValue, body.Comment ?? "", OrderAnswers.By(http, body.Name));
}
