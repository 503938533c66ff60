using System.Text;

namespace TftPortal.Access;

/// <summary>Small answers as the old daemon gave them: <c>application/json</c> without a charset, with a length.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    public static Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> json)
    {
        var answer = http.Response;
        answer.StatusCode = status;
        answer.ContentType = ContentType;
        answer.ContentLength = json.Length;
        answer.Headers.XContentTypeOptions = "nosniff"; // an answer may repeat what was sent; no browser shall take it for a page
        // HEAD tells the length of what GET would say, and says nothing.
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : answer.Body.WriteAsync(json, http.RequestAborted).AsTask();
    }

    public static Task WriteAsync(HttpContext http, int status, string json) => WriteAsync(http, status, Encoding.UTF8.GetBytes(json));
}
