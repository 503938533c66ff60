using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Forecasts;
using TftPortal.Api.Shapes;
using TftPortal.Engine;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Api;

/// <summary><c>GET /predictions/current</c>: the latest picture. Nothing is computed on a request: the picture's text is written once a cycle.</summary>
internal sealed class Predictions(OutlookFeed feed, PredictionsBoard board, IOptions<EngineOptions> engine, TimeProvider clock)
{
    private const int EnoughRecords = 100; // the old daemon's
    private const int BytesAtOnce = 128 * 1024;
    private const int PatientCycles = 10; // failed cycles that a picture may stand for
    private static readonly TimeSpan FirstPicture = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/predictions/current", (HttpContext http, string[]? server, string[]? metric, Predictions predictions) => predictions.AnswerAsync(http, server ?? [], metric ?? []))
            .RequireKey(ApiScopes.Read)
            .WithTags("Forecasts")
            .WithSummary("Current forecasts")
            .WithDescription("The forecasts of every server for the coming 96 steps, with risks and alerts. Written once a forecast cycle: ask with If-None-Match and be told 304 until there is a newer one. server and metric, both repeatable, narrow predictions and alerts; environment and summary are always the fleet's. With fewer than 100 readings in the window the answer is {\"error\":\"insufficient_data\"}.")
            .Produces<PredictionsAnswer>()
            .Produces(StatusCodes.Status304NotModified)
            .Produces<ApiError>(StatusCodes.Status403Forbidden)
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity)
            .Produces<RateLimited>(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private async Task AnswerAsync(HttpContext http, string[] servers, string[] metrics)
    {
        var records = feed.Counts.Records;
        if (records < EnoughRecords)
        {
            await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, string.Create(
                CultureInfo.InvariantCulture, $$$"""{"error":"insufficient_data","message":"Need at least {{{EnoughRecords}}} records, have {{{records}}}","predictions":{}}"""));
            return;
        }

        uint chosen = 0;
        foreach (var name in metrics)
        {
            if (!MetricCatalog.TryFind(name, out var metric))
            {
                await JsonAnswer.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, UnknownMetric(name));
                return;
            }

            chosen |= 1u << (int)metric.Metric;
        }

        if (await PictureAsync(http.RequestAborted) is not { } picture)
        {
            await Problems.UnavailableAsync(http, feed.LastFailure is { } failure
                ? $"Forecasting fails since {Timestamps.Text(failure.Time)}; the log says why."
                : "The first forecasts are being made.");
            return;
        }

        if (Array.Find(servers, name => !picture.ByName.ContainsKey(name)) is { } unknown)
        {
            await JsonAnswer.WriteAsync(http, StatusCodes.Status404NotFound, $$"""{"detail":"Unknown server: {{JsonEncodedText.Encode(unknown)}}"}""");
            return;
        }

        var document = board.Of(picture);
        await SendAsync(http, servers.Length == 0 && chosen == 0 ? document.Whole : document.Narrow(servers, chosen));
    }

    /// <summary>The latest picture; waits a moment for the one that shows the first readings. Null where there is none, or where forecasting has long failed.</summary>
    private async Task<FleetOutlook?> PictureAsync(CancellationToken stop)
    {
        var picture = feed.Latest;
        if (picture.Servers.IsEmpty && feed.LastFailure is null) picture = await FirstPictureAsync(stop) ?? picture;
        if (picture.Servers.IsEmpty) return null;
        var isStale = clock.GetUtcNow() - picture.Time > TimeSpan.FromSeconds(PatientCycles * engine.Value.ForecastSeconds);
        return isStale && feed.LastFailure is not null ? null : picture;
    }

    private async Task<FleetOutlook?> FirstPictureAsync(CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(FirstPicture, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await foreach (var picture in feed.WatchAsync(either.Token))
            {
                if (!picture.Servers.IsEmpty) return picture;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Not in time: the client is told to come back.
        }

        return null;
    }

    private static async Task SendAsync(HttpContext http, PredictionsView view)
    {
        var coding = Encodings.Choose(http.Request);
        var answer = http.Response;
        var tag = view.ETag(coding);
        answer.Headers.ETag = tag;
        answer.Headers.Vary = HeaderNames.AcceptEncoding;
        answer.Headers.CacheControl = "private, no-cache";
        if (IsKnown(http.Request, tag))
        {
            answer.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = await view.BytesAsync(coding);
        answer.ContentType = JsonAnswer.ContentType;
        answer.ContentLength = bytes.Sum(piece => (long)piece.Length);
        if (Encodings.Name(coding) is { } name) answer.Headers.ContentEncoding = name;
        await SendAsync(answer.BodyWriter, bytes, http.RequestAborted);
    }

    // A flush is a call to the system, and a wait: one for every few pieces is enough.
    private static async Task SendAsync(PipeWriter body, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken stop)
    {
        var waiting = 0;
        foreach (var piece in pieces)
        {
            body.Write(piece.Span);
            waiting += piece.Length;
            if (waiting < BytesAtOnce) continue;
            if ((await body.FlushAsync(stop)).IsCompleted) return; // the reader has gone
            waiting = 0;
        }

        await body.FlushAsync(stop);
    }

    private static bool IsKnown(HttpRequest request, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)) return false;
        var current = new EntityTagHeaderValue(tag);
        return known.Any(entry => entry.Equals(EntityTagHeaderValue.Any) || entry.Compare(current, useStrongComparison: false));
    }

    private static string UnknownMetric(string name)
    {
        var allowed = string.Join(", ", MetricCatalog.All.Select(metric => metric.Name));
        return $$"""{"detail":[{"loc":["query","metric"],"msg":"unknown metric {{JsonEncodedText.Encode(name)}}; allowed are {{allowed}}","type":"value_error.const"}]}""";
    }
}
