using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api.Owning;

/// <summary><c>/api/alerts/silences</c>: read with the scope read, changed with the scope admin.</summary>
internal static class Silences
{
    public const string Path = "/api/alerts/silences";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, OutlookFeed feed, TimeProvider clock) => AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new SilenceList([.. feed.Latest.Book.Silences.Select(silence => Shape(silence, clock.GetUtcNow()))])))
            .RequireKey(ApiScopes.Read, or: ApiScopes.Admin).Described("List silences", "Those that hold, and those that ended within the last week.").Produces<SilenceList>();
        routes.MapPost(Path, (HttpContext http, OrderAnswers answers, TimeProvider clock) => answers.DoAsync<SilenceRequest>(http, body => Order(http, body, clock.GetUtcNow()), id => new OrderDone(id), StatusCodes.Status201Created))
            .RequireKey(ApiScopes.Admin).Described("Silence servers", "Alerts go on being raised, shown and recorded; nothing is sent. It ends by itself.")
            .Accepts<SilenceRequest>(JsonAnswer.ContentType).Produces<OrderDone>(StatusCodes.Status201Created).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        routes.MapDelete($"{Path}/{{id}}", (HttpContext http, string id, OrderAnswers answers) => Guid.TryParse(id, out var silence)
                ? answers.DoAsync(http, new EndSilenceOrder(silence, OrderAnswers.By(http, null)), done => new OrderDone(done))
                : OrderAnswers.UnknownAsync(http, "silence", id))
            .RequireKey(ApiScopes.Admin).Described("End a silence", "Now, before its time.").Produces<OrderDone>().Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    private static SilenceOrder Order(HttpContext http, SilenceRequest body, DateTimeOffset now)
    {
        var minutes = body.Minutes is { } given && double.IsFinite(given) ? Math.Clamp(given, -1e6, 1e6) : 0;
        return new(body.Servers ?? "", body.Metric, body.Until ?? now.AddMinutes(minutes), body.Reason ?? "", OrderAnswers.By(http, body.Name));
    }

    private static SilenceShape Shape(AlertSilence silence, DateTimeOffset now) =>
        new(silence.Id, silence.Servers, silence.Metric, silence.From, silence.Until, silence.IsOn(now), silence.Reason, silence.By, silence.EndedBy);
}
