using TftPortal.Access;

namespace TftPortal.Api;

/// <summary><c>GET /</c> for programs, word for word as the old daemon had it. Browsers get the dashboard there.</summary>
internal static class Root
{
    private static readonly byte[] Answer =
        """{"service":"TFT Inference Daemon","version":"2.0","status":"running","endpoints":{"health":"GET /health","feed":"POST /feed/data","predictions":"GET /predictions/current","alerts":"GET /alerts/active","status":"GET /status"},"feed_example":"python metrics_generator.py --stream --servers 20 --scenario healthy"}"""u8.ToArray();

    public static Task AnswerProgramsAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        var wantsPage = request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (wantsPage || request.Path != "/" || !HttpMethods.IsGet(request.Method)) return next(http);
        http.Response.Headers.Vary = "Accept";
        return JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, Answer);
    }
}
