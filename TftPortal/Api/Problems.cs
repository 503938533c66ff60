using Microsoft.AspNetCore.Mvc;
using TftPortal.Access;

namespace TftPortal.Api;

/// <summary>Answers for what goes wrong on this side: problem+json (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>The body of a 415.</summary>
    public const string NotJson = """{"detail":"The body must be JSON in UTF-8: Content-Type application/json, and no Content-Encoding."}""";

    private const string RetrySeconds = "5";

    public static Task UnavailableAsync(HttpContext http, string detail)
    {
        http.Response.Headers.RetryAfter = RetrySeconds;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Problem(new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Title = "Not available just now", Detail = detail }).ExecuteAsync(http);
    }

    /// <summary>A fault that nobody foresaw: nothing of it is told, the log has it.</summary>
    public static Task FaultAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var title = status == StatusCodes.Status500InternalServerError ? "The portal failed to answer" : "The request can't be read";
        return TypedResults.Problem(new ProblemDetails { Status = status, Title = title }).ExecuteAsync(http);
    }

    /// <summary>
    /// Requests that no endpoint takes: <c>{"detail":"Not Found"}</c>, <c>{"detail":"Method Not Allowed"}</c> with Allow, and a redirect of a slash too many, as the old daemon gave them.
    /// A browser that asks for a page is left to the dashboard.
    /// </summary>
    public static async Task AnswerUnmatchedAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "/";
        if (path.Length > 1 && path.EndsWith('/') && http.GetEndpoint()?.Metadata.GetMetadata<ApiResource>() is not null)
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.ContentLength = 0;
            http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{http.Request.Path.Value!.TrimEnd('/')}{http.Request.QueryString}";
            return;
        }

        await next(http);
        var answer = http.Response;
        if (answer.HasStarted || answer.ContentType is not null || answer.ContentLength is > 0) return;
        if (answer.StatusCode == StatusCodes.Status405MethodNotAllowed) await JsonAnswer.WriteAsync(http, answer.StatusCode, """{"detail":"Method Not Allowed"}""");
        else if (answer.StatusCode == StatusCodes.Status404NotFound) await JsonAnswer.WriteAsync(http, answer.StatusCode, """{"detail":"Not Found"}""");
        else if (answer.StatusCode == StatusCodes.Status415UnsupportedMediaType) await JsonAnswer.WriteAsync(http, answer.StatusCode, NotJson); // routing's own, by what an endpoint accepts
    }
}

/// <summary>Marks an endpoint of the API.</summary>
internal sealed class ApiResource;
