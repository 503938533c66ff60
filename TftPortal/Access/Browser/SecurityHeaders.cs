using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.Browser;

/// <summary>Gives every answer the headers that keep a browser careful with it, a fault's answer and a refusal's too.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<BrowserOptions> options)
{
    private const string NothingOfTheDevice =
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    private readonly string transport = string.Create(CultureInfo.InvariantCulture, $"max-age={options.Value.HstsDays * 86_400L}");

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() => // and not now: the answer to a fault begins by clearing the headers
        {
            AddTo(http);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private void AddTo(HttpContext http)
    {
        var (answer, request) = (http.Response, http.Request);
        var headers = answer.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // no-referrer would make browsers send Origin: null with our own forms
        headers["Cross-Origin-Resource-Policy"] = "same-origin"; // asks nothing of requests by CORS: those have their own list
        if (request.IsHttps && options.Value.HstsDays > 0 && !IsLoopback(request.Host.Host)) headers.StrictTransportSecurity = transport;
        if (answer.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
        {
            headers.ContentSecurityPolicy = ContentPolicy.Data;
            return;
        }

        headers.ContentSecurityPolicy = ContentPolicy.Page(ResponseNonce.Of(http), HostIn(request), request.IsHttps);
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = NothingOfTheDevice;
        headers.XFrameOptions = "DENY"; // for browsers and scanners that know no frame-ancestors
    }

    // A Host header is anybody's text: only letters that a host and port are made of get into the policy.
    private static string? HostIn(HttpRequest request) =>
        request.Host.Value is { Length: > 0 } host && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ':' or '[' or ']') ? host : null;

    // A browser would hold it against every other program's port on this machine.
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
