using Microsoft.AspNetCore.Http.Metadata;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;

namespace TftPortal.Api;

/// <summary><c>GET /api/limits</c>: who is being limited, for programs with the scope admin.</summary>
internal static class Limits
{
    public const string Path = "/api/limits";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (HttpContext http, LimitsPicture limits) => AnswerAsync(http, limits.Take()))
            .RequireKey(ApiScopes.Admin)
            .WithTags("Limits")
            .WithSummary("Who is being limited")
            .WithDescription("Every client that is refused now or was within the last hour, and those nearest their limit; and addresses that sent wrong keys. Counted in memory: a restart begins anew.")
            .Produces<LimitList>()
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(ApiError), [JsonAnswer.ContentType]))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(RateLimited), [JsonAnswer.ContentType]));

    private static Task AnswerAsync(HttpContext http, LimitsReport report)
    {
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, JsonStyle.Bytes(new LimitList(
            [.. report.Clients.Select(Answer)],
            [.. report.WrongKeys.Select(count => new WrongKeyAnswer(count.Client, count.InHour, Timestamps.Text(count.LastAt)))],
            report.Windows)));
    }

    private static LimitAnswer Answer(LimitedClient client) => new()
    {
        Client = client.Client,
        Kind = client.IsKey ? "key" : "address",
        Name = client.KeyName,
        Route = client.Route,
        Limited = client.IsLimited,
        Hits = client.Hits,
        Limit = client.Limit,
        EndsInSeconds = client.EndsIn is { } rest ? Math.Round(rest.TotalSeconds, 1) : null,
        RefusedLastHour = client.RefusedInHour,
        LastRefusedAt = client.LastRefusedAt is { } at ? Timestamps.Text(at) : null,
    };
}
