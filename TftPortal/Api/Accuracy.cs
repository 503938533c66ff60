using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api;

/// <summary><c>GET /model/accuracy</c>: how right the forecasts were; and of a server, what was forecast beside what happened.</summary>
internal sealed class Accuracy(OutlookFeed feed, AccuracyBoard board)
{
    public const string Path = "/model/accuracy";
    public const string ServerPath = Path + "/{server}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet(Path, (HttpContext http, Accuracy accuracy) => accuracy.NowAsync(http)),
            "How right the forecasts were", "Of the last 24 hours and 7 days, of those whose step has closed: weighted quantile loss of the model, of the baseline and of the last value on the same points, MASE, coverage of p10 to p90; by metric, steps ahead, profile and version; the servers on which the model does worst, and where the baseline answers in its place.")
            .Produces<AccuracyAnswer>();
        Describe(routes.MapGet(ServerPath, (HttpContext http, string server, string[]? metric, Accuracy accuracy) => accuracy.PastAsync(http, server, metric ?? [])),
            "What was forecast, and what happened", "The forecasts of a metric that are kept of a server, about one every two hours: 12, 48 and 96 steps ahead for a day, 1 and 3 of the newest. metric is one of the 14; uptime is computed and has none.")
            .Produces<PastForecastsAnswer>().Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary, string description) => route
        .RequireKey(ApiScopes.Read).WithTags("Model").WithSummary(summary).WithDescription(description)
        .Produces<ApiError>(StatusCodes.Status403Forbidden).Produces<RateLimited>(StatusCodes.Status429TooManyRequests);

    private Task NowAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, AccuracyAnswers.Of(board.Latest));

    private Task PastAsync(HttpContext http, string name, string[] metrics)
    {
        if (metrics is not [var asked] || !MetricCatalog.TryFind(asked, out var metric))
            return AnswerAsync(http, StatusCodes.Status422UnprocessableEntity, QueryFault.Error("metric", string.Join(", ", metrics), $"one of {string.Join(", ", MetricCatalog.All.Select(known => known.Name))}"));
        return feed.Latest.ByName.TryGetValue(name, out var server)
            ? AnswerAsync(http, StatusCodes.Status200OK, AccuracyAnswers.Of(name, metric, feed.Latest.Grid, board.PastOf(server.Server, metric.Metric)))
            : AnswerAsync(http, StatusCodes.Status404NotFound, new ApiError($"Unknown server: {name}"));
    }

    private static Task AnswerAsync<T>(HttpContext http, int status, T answer)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        return JsonAnswer.WriteAsync(http, status, JsonStyle.Bytes(answer));
    }
}
