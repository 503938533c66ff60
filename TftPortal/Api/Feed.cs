using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;
using TftPortal.Engine.Intake;

namespace TftPortal.Api;

/// <summary><c>POST /feed/data</c>: readings in.</summary>
internal sealed class Feed(ReadingParser parser, ReadingIntake intake, IOptions<FeedOptions> options)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/feed/data", (HttpContext http, Feed feed) => feed.TakeAsync(http))
            .RequireKey(ApiScopes.Feed)
            .WithTags("Readings")
            .WithSummary("Feed readings")
            .WithDescription("Takes a batch of readings. A bad record never harms a good one: valid readings are taken, each fault of the others is named in errors (at most 100; records_rejected counts all). Only if every record is refused is the answer 422. A reading of the same server and timestamp replaces the earlier one, so a batch may be sent again.")
            .Accepts<FeedRequest>(JsonAnswer.ContentType)
            .Produces<FeedAccepted>()
            .Produces<ApiError>(StatusCodes.Status403Forbidden)
            .Produces<ApiError>(StatusCodes.Status413PayloadTooLarge)
            .Produces<ApiError>(StatusCodes.Status415UnsupportedMediaType)
            .Produces<FeedRefused>(StatusCodes.Status422UnprocessableEntity)
            .Produces<RateLimited>(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    internal async Task TakeAsync(HttpContext http)
    {
        if (!IsJson(http.Request))
        {
            await JsonAnswer.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, Problems.NotJson);
            return;
        }

        var parsed = await ReadAsync(http);
        if (parsed is null) await JsonAnswer.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, FeedAnswers.TooLarge(options.Value.MaxBodyBytes));
        else if (!parsed.Misshapen.IsEmpty) await JsonAnswer.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, FeedAnswers.Misshapen(parsed.Misshapen));
        else if (parsed.Records == 0) await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, FeedAnswers.EmptyBatch);
        else if (parsed.Batch.Count == 0) await JsonAnswer.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, FeedAnswers.AllRefused(parsed, []));
        else await SubmitAsync(http, parsed);
    }

    private async Task SubmitAsync(HttpContext http, ParsedFeed parsed)
    {
        var own = OwnServers.Of(parsed.Batch, http.Features.Get<ApiKey>()?.ServerPrefix);
        if (own.Batch.Count == 0)
        {
            await JsonAnswer.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, FeedAnswers.AllRefused(parsed, own.Foreign));
            return;
        }

        IntakeReceipt receipt;
        try
        {
            receipt = await intake.SubmitAsync(own.Batch, http.RequestAborted);
        }
        catch (IntakeUnavailableException unavailable)
        {
            await Problems.UnavailableAsync(http, unavailable.Message);
            return;
        }
        catch (OperationCanceledException)
        {
            if (!http.RequestAborted.IsCancellationRequested) await Problems.UnavailableAsync(http, "The engine is stopping and took none of these readings. Send them again.");
            return;
        }

        receipt = own.Merge(receipt);
        var isRefused = receipt.Refused.Count == parsed.Batch.Count;
        if (isRefused) await JsonAnswer.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, FeedAnswers.AllRefused(parsed, receipt.Refused));
        else await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, FeedAnswers.Accepted(parsed, receipt));
    }

    /// <summary>Reads and parses the body; null where it is larger than allowed.</summary>
    private async Task<ParsedFeed?> ReadAsync(HttpContext http)
    {
        var limit = options.Value.MaxBodyBytes;
        if (http.Request.ContentLength > limit) return null;
        var pipe = http.Request.BodyReader;
        while (true)
        {
            var read = await pipe.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                pipe.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (!read.IsCompleted)
            {
                pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var parsed = parser.Parse(read.Buffer);
            pipe.AdvanceTo(read.Buffer.End);
            return parsed;
        }
    }

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && !encoding.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase)) return false;
        if (string.IsNullOrWhiteSpace(request.ContentType)) return true;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType is not { } media) return false;
        var isJson = media.Equals(JsonAnswer.ContentType, StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
        return isJson && (string.IsNullOrEmpty(type.CharSet) || IsUtf8(type.CharSet));
    }

    private static bool IsUtf8(string charset) =>
        charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Trim('"').Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
