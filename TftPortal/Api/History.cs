using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api;

/// <summary><c>GET /history/…</c>: what was. Every question takes <c>range</c>, or <c>from</c> and <c>to</c>.</summary>
internal sealed class History(HistoryArchive archive, OutlookFeed feed, IOptions<HistoryOptions> options, TimeProvider clock)
{
    private const int MostAlerts = 1_000;
    private const string Ranges = " range is 30m, 1h, 8h, 1d (the default), 1w or 1M; or from and to are ISO 8601 times, UTC where they have no offset.";

    // The parameters are named for the API's document; History reads them itself, so that every fault is said at once.
    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet("/history/summary", (HttpContext http, History history, string? range, string? from, string? to) => history.SummaryAsync(http)),
            "What happened, and how right the alerts were", "Alerts by level, how many were right, how early, how long the fleet was in which state, and the servers with the longest alerts.").Produces<HistorySummaryAnswer>();
        Describe(routes.MapGet("/history/alerts", (HttpContext http, History history, string? range, string? from, string? to, string? server, string? metric, string? severity, string? skip, string? take) => history.AlertsAsync(http)),
            "Alerts of the past", "Alerts that stood at some time of the range, the newest first. server, metric and severity narrow them; skip and take (100 by default, at most 1,000) page.").Produces<AlertPastAnswer>();
        Describe(routes.MapGet("/history/environment", (HttpContext http, History history, string? range, string? from, string? to, string[]? metric) => history.EnvironmentAsync(http)),
            "How the fleet was", "Counts, risks and probabilities of the fleet, and of each metric (repeatable; all by default) the mean over the servers.").Produces<EnvironmentPastAnswer>();
        Describe(routes.MapGet("/history/server/{name}", (HttpContext http, History history, string name, string? range, string? from, string? to, string[]? metric) => history.ServerAsync(http, name)),
            "What a server measured", "Of each metric (repeatable; all by default) mean, least and largest, in at most 340 points.").Produces<ServerPastAnswer>().Produces<ApiError>(StatusCodes.Status404NotFound);
        Describe(routes.MapGet("/history/export/{table}", (HttpContext http, History history, string table, string? range, string? from, string? to, string? server, string? format) => history.ExportAsync(http, table)),
            "Take a table along", "table is steps, hours, alerts or fleet; format csv (the default) or parquet; server narrows it. Streamed as it is read.").Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary, string description) => route
        .RequireKey(ApiScopes.Read).WithTags("History").WithSummary(summary).WithDescription(description + Ranges)
        .Produces<ApiError>(StatusCodes.Status403Forbidden).Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity).Produces<RateLimited>(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private Task SummaryAsync(HttpContext http) => AnswerAsync(http, async question => HistoryAnswers.Of(await archive.ReportAsync(question.Range(), http.RequestAborted)));

    private Task AlertsAsync(HttpContext http) => AnswerAsync(http, async question =>
    {
        var asked = new AlertQuestion(
            question.Range(), question.Text("server"), question.Text("metric"), question.OneOf("severity", ["critical", "warning"]),
            question.Number("skip", 0, 0, int.MaxValue), question.Number("take", 100, 1, MostAlerts));
        question.Check();
        return HistoryAnswers.Of(asked, await archive.AlertsAsync(asked, http.RequestAborted));
    });

    private Task EnvironmentAsync(HttpContext http) => AnswerAsync(http, async question =>
    {
        var (range, metrics) = (question.Range(), question.Metrics());
        question.Check();
        return HistoryAnswers.Of(await archive.FleetAsync(range, metrics, http.RequestAborted));
    });

    private Task ServerAsync(HttpContext http, string name) => AnswerAsync(http, async question =>
    {
        var (range, metrics) = (question.Range(), question.Metrics());
        question.Check();
        var past = await archive.ServerAsync(name, range, metrics, http.RequestAborted);
        if (past.Times.IsEmpty && !feed.Latest.ByName.ContainsKey(name)) throw new UnknownHistoryException($"Unknown server: {name}");
        return HistoryAnswers.Of(past);
    });

    private Task ExportAsync(HttpContext http, string table) => AnswerAsync<object>(http, async question =>
    {
        if (!HistoryExport.Tables.Contains(table)) throw new UnknownHistoryException($"Unknown table: {table}; tables are {string.Join(", ", HistoryExport.Tables)}");
        var format = question.OneOf("format", ["csv", "parquet"]) == "parquet" ? ExportFormat.Parquet : ExportFormat.Csv;
        var export = new HistoryExport(table, question.Range(), question.Text("server"), format);
        question.Check();
        var answer = http.Response;
        answer.ContentType = export.MediaType;
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers.CacheControl = "no-store";
        answer.Headers.ContentDisposition = $"attachment; filename=\"{export.FileName}\"";
        // What fails midway cuts the connection: half a table must not look like a whole one.
        await archive.ExportAsync(export, answer.Body, http.RequestAborted);
        return null;
    });

    private async Task AnswerAsync<T>(HttpContext http, Func<HistoryQuestion, Task<T?>> ask)
        where T : class
    {
        try
        {
            var question = new HistoryQuestion(http.Request.Query, clock.GetUtcNow(), TimeSpan.FromDays(options.Value.HourlyDays));
            if (await ask(question) is not { } answer) return;
            http.Response.Headers.CacheControl = "private, no-cache";
            await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, JsonStyle.Bytes(answer));
        }
        catch (HistoryQuestionException wrong)
        {
            await JsonAnswer.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, JsonStyle.Bytes(wrong.Error));
        }
        catch (UnknownHistoryException unknown)
        {
            await JsonAnswer.WriteAsync(http, StatusCodes.Status404NotFound, JsonStyle.Bytes(new ApiError(unknown.Message)));
        }
        catch (HistoryUnavailableException failed) when (!http.Response.HasStarted)
        {
            await Problems.UnavailableAsync(http, failed.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    private sealed class UnknownHistoryException(string message) : Exception(message);
}
