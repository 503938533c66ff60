using TftPortal.Access;
using TftPortal.Api.Shapes;

namespace TftPortal.Api;

/// <summary><c>GET /health</c>: the process answers.</summary>
internal static class Health
{
    private static readonly byte[] Answer = """{"status":"healthy","service":"tft_inference_daemon","running":true}"""u8.ToArray();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", (Delegate)AnswerAsync)
            .WithTags("State").WithSummary("Whether the portal runs").Produces<HealthAnswer>();

    private static Task AnswerAsync(HttpContext http) => JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, Answer);
}
