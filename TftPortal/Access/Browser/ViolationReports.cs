using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.Browser;

/// <summary><c>POST /browser/violations</c>: browsers tell what a page's policy refused. Anybody can send one: small, few, and never believed to be more than a line of the log.</summary>
internal sealed class ViolationReports(RateLimits limits, IOptions<BrowserOptions> options, ILogger<ViolationReports> logger)
{
    public const string Path = "/browser/violations";

    /// <summary>Largest report, bytes.</summary>
    public const int MaxBytes = 8 * 1024;

    private const string Everybody = "(everybody)";
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (HttpContext http, ViolationReports reports) => reports.TakeAsync(http)).ExcludeFromDescription();

    private async Task TakeAsync(HttpContext http)
    {
        var perMinute = options.Value.ReportsPerMinute;
        var wait = limits.Hit(ClientAddress.Of(http.Connection.RemoteIpAddress), Path, perMinute) ?? limits.Hit(Everybody, Path, perMinute * 10);
        if (wait is { } rest) await RateLimits.RefuseAsync(http, perMinute, rest);
        else http.Response.StatusCode = await ReadAsync(http);
    }

    private async Task<int> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes) return StatusCodes.Status413PayloadTooLarge;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBytes; // of chunks too: past it Kestrel answers 413 itself
        ReadResult body;
        while (!(body = await http.Request.BodyReader.ReadAsync(http.RequestAborted)).IsCompleted) http.Request.BodyReader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
        try
        {
            using var report = JsonDocument.Parse(body.Buffer, Shallow);
            if (Find(report.RootElement) is not { } found) return StatusCodes.Status400BadRequest;
            Log.Violation(logger, Text(found, "blocked-uri", "blockedURL"), Text(found, "violated-directive", "effectiveDirective"), Text(found, "document-uri", "documentURL"), Text(found, "source-file", "sourceFile"));
            return StatusCodes.Status204NoContent;
        }
        catch (JsonException)
        {
            return StatusCodes.Status400BadRequest;
        }
        finally
        {
            http.Request.BodyReader.AdvanceTo(body.Buffer.End);
        }
    }

    /// <summary>The report in either form that browsers send: <c>{"csp-report":{…}}</c>, or of the Reporting API the first of <c>[{"body":{…}}]</c>.</summary>
    private static JsonElement? Find(JsonElement sent) => sent.ValueKind switch
    {
        JsonValueKind.Array when sent.GetArrayLength() > 0 => Member(sent[0], "body"),
        JsonValueKind.Object => Member(sent, "csp-report"),
        _ => null,
    };

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? found : null;

    private static string Text(JsonElement report, string name, string orName)
    {
        var isThere = report.TryGetProperty(name, out var value) || report.TryGetProperty(orName, out value);
        return isThere && value.ValueKind == JsonValueKind.String ? ShortText.Of(value.GetString()) : "";
    }
}

internal static partial class Log
{
    [LoggerMessage(2, LogLevel.Warning, "A browser refused \"{Blocked}\" by the policy \"{Directive}\" on the page \"{Page}\", asked for by \"{Source}\".")]
    public static partial void Violation(ILogger logger, string blocked, string directive, string page, string source);
}
