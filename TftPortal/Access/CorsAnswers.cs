using Microsoft.Net.Http.Headers;

namespace TftPortal.Access;

/// <summary>
/// Answers browsers of other origins, header for header as Starlette's CORSMiddleware did for the old daemon: preflights on any path, before anything else looks at the request.
/// Pages of the dashboard are no API: they get no allow-origin.
/// </summary>
internal sealed class CorsAnswers(RequestDelegate next, CorsOrigins origins)
{
    private const string AllowedHeaders = "Accept, Accept-Language, Content-Language, Content-Type, X-API-Key"; // the first three are always allowed
    private static readonly string[] Methods = ["GET", "POST"];
    private static readonly string[] HubMethods = ["GET", "POST", "DELETE"]; // long polling ends with one
    private static readonly string[] Headers = AllowedHeaders.Split(", ");
    private const string HubHeaders = AllowedHeaders + ", X-Requested-With, X-SignalR-User-Agent"; // what SignalR's client sends of itself
    private static readonly string[] ForHubs = HubHeaders.Split(", ");

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return next(http);
        var asked = request.Headers.AccessControlRequestMethod;
        if (HttpMethods.IsOptions(request.Method) && asked.Count > 0) return AnswerPreflightAsync(http, origin, asked.ToString());
        http.Response.OnStarting(() =>
        {
            AddTo(http, origin);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private void AddTo(HttpContext http, string origin)
    {
        var answer = http.Response;
        if (answer.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true || http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)) return;
        answer.Headers.AccessControlAllowCredentials = "true";
        if (!origins.Allows(origin)) return;
        answer.Headers.AccessControlAllowOrigin = origin;
        answer.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
    }

    private Task AnswerPreflightAsync(HttpContext http, string origin, string method)
    {
        var answer = http.Response;
        List<string> failures = [];
        answer.Headers.Vary = HeaderNames.Origin;
        var isHub = http.Request.Path.StartsWithSegments(HubPaths.All, StringComparison.OrdinalIgnoreCase);
        answer.Headers.AccessControlAllowMethods = string.Join(", ", isHub ? HubMethods : Methods);
        answer.Headers.AccessControlMaxAge = "600";
        answer.Headers.AccessControlAllowHeaders = isHub ? HubHeaders : AllowedHeaders;
        answer.Headers.AccessControlAllowCredentials = "true";
        if (origins.Allows(origin)) answer.Headers.AccessControlAllowOrigin = origin;
        else failures.Add("origin");
        if (!(isHub ? HubMethods : Methods).Contains(method, StringComparer.Ordinal)) failures.Add("method");
        var headers = http.Request.Headers.AccessControlRequestHeaders;
        if (headers.Count > 0 && !headers.ToString().Split(',').All(header => (isHub ? ForHubs : Headers).Contains(header.Trim(), StringComparer.OrdinalIgnoreCase))) failures.Add("headers");

        var text = failures.Count == 0 ? "OK" : $"Disallowed CORS {string.Join(", ", failures)}";
        answer.StatusCode = failures.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        answer.ContentType = "text/plain; charset=utf-8";
        answer.ContentLength = text.Length;
        return answer.WriteAsync(text, http.RequestAborted);
    }
}
