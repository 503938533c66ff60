using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;

namespace TftPortal.Api.Owning;

/// <summary><c>/api/alerts/rules</c>: when something is a danger; read with the scope read, changed with the scope admin.</summary>
internal static class Rules
{
    public const string Path = "/api/alerts/rules";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, string? server, OutlookFeed feed, RuleLookup lookup) => AdminJson.AnswerAsync(http, StatusCodes.Status200OK, List(server, feed.Latest, lookup)))
            .RequireKey(ApiScopes.Read, or: ApiScopes.Admin).Described("List rules", "Those of the settings and of the admins; with ?server= also what holds for that server, and by which rules.").Produces<RuleList>();
        routes.MapPost(Path, (HttpContext http, OrderAnswers answers) => DoAsync(http, Guid.Empty, answers, StatusCodes.Status201Created))
            .RequireKey(ApiScopes.Admin).Described("Make a rule", "It holds from the next picture on. The narrower rule decides; what it leaves out comes from the next.")
            .Accepts<RuleRequest>(JsonAnswer.ContentType).Produces<OrderDone>(StatusCodes.Status201Created).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        routes.MapPut($"{Path}/{{id}}", (HttpContext http, string id, OrderAnswers answers) => Known(id) is { } rule ? DoAsync(http, rule, answers, StatusCodes.Status200OK) : OrderAnswers.UnknownAsync(http, "rule", id))
            .RequireKey(ApiScopes.Admin).Described("Change a rule", "It is as the body says; what the body leaves out is not kept.")
            .Accepts<RuleRequest>(JsonAnswer.ContentType).Produces<OrderDone>().Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        routes.MapDelete($"{Path}/{{id}}", (HttpContext http, string id, OrderAnswers answers) => Known(id) is { } rule
                ? answers.DoAsync(http, new RemoveRuleOrder(rule, OrderAnswers.By(http, null)), done => new OrderDone(done))
                : OrderAnswers.UnknownAsync(http, "rule", id))
            .RequireKey(ApiScopes.Admin).Described("Remove a rule", "The next one that applies holds.").Produces<OrderDone>().Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    private static Guid? Known(string id) => Guid.TryParse(id, out var rule) && rule != Guid.Empty ? rule : null;

    private static Task DoAsync(HttpContext http, Guid id, OrderAnswers answers, int status) =>
        answers.DoAsync<RuleRequest>(http, body => new RuleOrder(RuleJson.RuleOf(id, body), OrderAnswers.By(http, null)), done => new OrderDone(done), status, RuleJson.Unfit);

    private static RuleList List(string? server, FleetOutlook picture, RuleLookup lookup)
    {
        var rules = lookup.Settings.Concat(picture.Book.Rules.Select(rule => new SourcedRule(RuleOrigin.Admin, rule)));
        var profile = server is not null && picture.ByName.TryGetValue(server, out var known) ? known.Server.Profile : ServerProfile.Generic;
        return new([.. rules.Select(RuleJson.Shape)], server is null ? null : [.. lookup.For(server, profile).Select(RuleJson.Shape)]);
    }
}
