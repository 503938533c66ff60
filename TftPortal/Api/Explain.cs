using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api;

/// <summary><c>GET /explain/{server}</c>: why a forecast of the latest picture is what it is; made on demand, one at a time, beside the loop.</summary>
internal sealed class Explain(OutlookFeed feed, ExplanationDesk desk)
{
    public const string Path = "/explain/{server}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (HttpContext http, string server, string[]? metric, Explain explain) => explain.AnswerAsync(http, server, metric ?? []))
            .RequireKey(ApiScopes.Read)
            .WithTags("Forecasts")
            .WithSummary("Why a forecast is what it is")
            .WithDescription("In a sentence and in numbers: what the network looks at (weights, attention), what anybody can check (levels, slopes), and the same forecast with metrics held flat. metric is one of the 14, or cpu_used_pct (cpu_idle_pct is explained as that); without it the server's worst. Asked for too often at once: 503 with Retry-After.")
            .Produces<ExplanationAnswer>()
            .Produces<ApiError>(StatusCodes.Status403Forbidden)
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity)
            .Produces<RateLimited>(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private async Task AnswerAsync(HttpContext http, string name, string[] metrics)
    {
        if (metrics.Length > 1 || (metrics is [var only] && !ExplanationDesk.Metrics.Contains(only)))
        {
            await AnswerAsync(http, StatusCodes.Status422UnprocessableEntity, QueryFault.Error("metric", string.Join(", ", metrics), $"one of {string.Join(", ", ExplanationDesk.Metrics)}"));
            return;
        }

        var picture = feed.Latest;
        if (!picture.ByName.TryGetValue(name, out var server))
        {
            if (picture.Servers.IsEmpty && feed.Counts.ServersTracked > 0) await Problems.UnavailableAsync(http, "The first forecasts are being made.");
            else await AnswerAsync(http, StatusCodes.Status404NotFound, new ApiError($"Unknown server: {name}"));
            return;
        }

        var metric = metrics is [var asked] ? asked : ExplanationDesk.WorstOf(picture, server);
        try
        {
            if (await desk.ExplainAsync(picture, server, metric, http.RequestAborted) is { } why) await AnswerAsync(http, StatusCodes.Status200OK, ExplainAnswers.Of(why));
            else await AnswerAsync(http, StatusCodes.Status404NotFound, new ApiError($"{name} sends no {metric}"));
        }
        catch (ExplanationsBusyException busy)
        {
            await Problems.UnavailableAsync(http, busy.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    private static Task AnswerAsync<T>(HttpContext http, int status, T answer)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        return JsonAnswer.WriteAsync(http, status, JsonStyle.Bytes(answer));
    }
}
