using System.Globalization;
using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Owning;

namespace TftPortal.Api.Owning;

/// <summary><c>/api/alerts/backtests</c>: rules tried on the past; read with the scope read, begun and cancelled with the scope admin.</summary>
internal sealed class BacktestRoutes(AuditedBacktests orders, Backtests backtests, IOptions<HistoryOptions> history, TimeProvider clock)
{
    public const string Path = "/api/alerts/backtests";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, BacktestRoutes api) => api.ListAsync(http))
            .RequireKey(ApiScopes.Read, or: ApiScopes.Admin).Described("List back-tests", "The newest few, without their results. They are kept in memory, and gone after a restart.").Produces<BacktestList>();
        routes.MapPost(Path, (HttpContext http, BacktestRoutes api) => api.StartAsync(http))
            .RequireKey(ApiScopes.Admin).Described("Try a rule on the past", "Lives through the kept steps again and says when the rule would have alerted, and how right it would have been, beside the rules as they stand. It runs beside the portal's work, one at a time; Location says where to look how far it is.")
            .Accepts<BacktestRequest>(JsonAnswer.ContentType).Produces<BacktestShape>(StatusCodes.Status202Accepted).Produces<ApiError>(StatusCodes.Status409Conflict).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet($"{Path}/{{id}}", (HttpContext http, string id, BacktestRoutes api) => api.TellAsync(http, id))
            .RequireKey(ApiScopes.Read, or: ApiScopes.Admin).Described("How far a back-test is", "With its result once it is done.").Produces<BacktestShape>().Produces<ApiError>(StatusCodes.Status404NotFound);
        routes.MapDelete($"{Path}/{{id}}", (HttpContext http, string id, BacktestRoutes api) => api.CancelAsync(http, id))
            .RequireKey(ApiScopes.Admin).Described("Cancel a back-test", "It ends within a second.").Produces<BacktestShape>(StatusCodes.Status202Accepted).Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ApiError>(StatusCodes.Status409Conflict);
    }

    private Task ListAsync(HttpContext http) => AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new BacktestList([.. backtests.All.Select(view => BacktestJson.Of(view with { Result = null }))]));

    private async Task StartAsync(HttpContext http)
    {
        if (await AdminJson.ReadAsync<BacktestRequest>(http, form: OrderAnswers.Form) is not { } body) return;
        var (order, faults) = Read(body);
        if (order is null)
        {
            await RefuseAsync(http, faults);
            return;
        }

        try
        {
            var answer = await orders.StartAsync(order, AdminJson.By(http), http.RequestAborted);
            if (answer.Started is { } begun)
            {
                http.Response.Headers.Location = $"{Path}/{begun.Id}";
                await AdminJson.AnswerAsync(http, StatusCodes.Status202Accepted, BacktestJson.Of(begun));
            }
            else if (answer.Running is { } running)
            {
                await AdminJson.AnswerAsync(http, StatusCodes.Status409Conflict, new ApiError(string.Create(CultureInfo.InvariantCulture, $"One back-test runs at a time. {running.Id} has done {running.Done} of {running.ServerSteps} server-steps: wait for it, or cancel it (DELETE {Path}/{running.Id}).")));
            }
            else
            {
                await RefuseAsync(http, answer.Faults);
            }
        }
        catch (HistoryUnavailableException failed)
        {
            await Problems.UnavailableAsync(http, failed.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    private Task TellAsync(HttpContext http, string id) => Guid.TryParse(id, out var known) && backtests.Find(known) is { } view
        ? AdminJson.AnswerAsync(http, StatusCodes.Status200OK, BacktestJson.Of(view))
        : OrderAnswers.UnknownAsync(http, "back-test", id);

    private async Task CancelAsync(HttpContext http, string id)
    {
        if (!Guid.TryParse(id, out var known) || await orders.CancelAsync(known, AdminJson.By(http)) is not { } before) await OrderAnswers.UnknownAsync(http, "back-test", id);
        else if (before.State != BacktestState.Running) await AdminJson.AnswerAsync(http, StatusCodes.Status409Conflict, new ApiError($"It has ended already: {BacktestJson.Word(before.State)}."));
        else await AdminJson.AnswerAsync(http, StatusCodes.Status202Accepted, BacktestJson.Of((backtests.Find(known) ?? before) with { Result = null }));
    }

    private (BacktestOrder? Order, IReadOnlyList<OrderFault> Faults) Read(BacktestRequest body)
    {
        List<OrderFault> faults = [];
        if (body.Rule is null) faults.Add(new("rule", "there is none; it must be an object, as POST /api/alerts/rules takes it"));
        else if (RuleJson.Unfit(body.Rule) is { } unfit) faults.Add(unfit with { Field = $"rule.{unfit.Field}" });
        var range = HistoryRange.Read(body.Range, body.From, body.To, clock.GetUtcNow(), TimeSpan.FromDays(history.Value.HourlyDays), out var fault);
        if (fault is not null) faults.Add(new(fault.Field, $"\"{(fault.Value.Length <= 64 ? fault.Value : fault.Value[..64])}\" is not allowed; allowed is {fault.Allowed}"));
        if (faults.Count > 0) return (null, faults);
        return (new() { Rule = RuleJson.RuleOf(Guid.Empty, body.Rule!), Servers = body.Servers ?? body.Rule!.Servers ?? ServerPattern.All, Range = range!, IncidentFrom = body.IncidentFrom }, []);
    }

    private static Task RefuseAsync(HttpContext http, IEnumerable<OrderFault> faults) => AdminJson.RefuseAsync(http, faults.Select(fault => (fault.Field, fault.Reason)));
}
