using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Owning;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;

namespace TftPortal.Api;

/// <summary><c>GET /alerts/{id}/evidence</c>: why an alert was raised, as it was kept then; and the input that it was forecast from.</summary>
internal sealed class Evidence(EvidenceFolder folder)
{
    public const string Path = "/alerts/{id}/evidence";
    public const string InputPath = Path + "/input";

    private static readonly EvidenceMoment[] Moments = [EvidenceMoment.Raised, EvidenceMoment.Escalated];

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string moments = " moment is raised (the default), or escalated: as it became critical, where it was raised as a warning.";
        routes.MapGet(Path, (HttpContext http, string id, string? moment, Evidence evidence) => evidence.TellAsync(http, id, moment))
            .RequireKey(ApiScopes.Read).Described("Why an alert was raised", "The rule, the forecast and its explanation, as they were kept. Kept as long as the history's alerts, within Alerts:EvidenceMegabytes." + moments)
            .Produces<EvidenceAnswer>().Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ApiError>(StatusCodes.Status410Gone).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        routes.MapGet(InputPath, (HttpContext http, string id, string? moment, Evidence evidence) => evidence.GiveInputAsync(http, id, moment))
            .RequireKey(ApiScopes.Read).Described("What an alert was forecast from", "The server's week as CSV, as Training -- forecast --input reads it: the command then gives the kept forecast again." + moments)
            .Produces<string>(StatusCodes.Status200OK, "text/csv").Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ApiError>(StatusCodes.Status410Gone).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
    }

    private Task TellAsync(HttpContext http, string id, string? moment) => AnswerAsync(http, id, moment, evidence =>
        AnswerAsync(http, StatusCodes.Status200OK, ExplainAnswers.Of(evidence, [.. Moments.Where(kept => folder.Has(evidence.Alert.Id, kept)).Select(ExplainAnswers.Name)])));

    private Task GiveInputAsync(HttpContext http, string id, string? moment) => AnswerAsync(http, id, moment, async evidence =>
    {
        var answer = http.Response;
        answer.ContentType = "text/csv; charset=utf-8";
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers.CacheControl = "private, no-cache";
        answer.Headers.ContentDisposition = $"attachment; filename=\"alert-{evidence.Alert.Id:D}-{ExplainAnswers.Name(evidence.Moment)}.csv\"";
        using var text = new StringWriter { NewLine = "\n" };
        evidence.Input.WriteCsv(evidence.Alert.Server, text);
        await answer.WriteAsync(text.ToString(), http.RequestAborted);
    });

    private Task AnswerAsync(HttpContext http, string id, string? moment, Func<AlertEvidence, Task> answer)
    {
        if (moment is not (null or "raised" or "escalated"))
            return AnswerAsync(http, StatusCodes.Status422UnprocessableEntity, QueryFault.Error("moment", moment, "raised or escalated"));
        if (!Guid.TryParse(id, out var alert)) return OrderAnswers.UnknownAsync(http, "alert", id);
        if (folder.Read(alert, moment == "escalated" ? EvidenceMoment.Escalated : EvidenceMoment.Raised, out var fault) is { } evidence) return answer(evidence);
        if (fault is not null) return AnswerAsync(http, StatusCodes.Status410Gone, new ApiError($"What was kept of alert {alert:D} can't be read: {fault}."));
        return AnswerAsync(http, StatusCodes.Status404NotFound, new ApiError(
            $"Nothing is kept of alert {alert:D}{(moment is null ? "" : $" as it {(moment == "raised" ? "was raised" : "escalated")}")}.{(folder.LastFailure is { } failure ? $" Just now nothing can be kept: {failure}." : "")}"));
    }

    private static Task AnswerAsync<T>(HttpContext http, int status, T answer)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        return JsonAnswer.WriteAsync(http, status, JsonStyle.Bytes(answer));
    }
}
