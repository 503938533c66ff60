using System.Globalization;
using Microsoft.Net.Http.Headers;
using TftPortal.Access.Audit;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;

namespace TftPortal.Dashboard.Audit;

/// <summary><c>GET /admin/audit.csv</c>: what the page's filter lets through, all of it, streamed. Taking it along is an act that stands in the audit itself.</summary>
internal static class AuditDownload
{
    /// <summary>Where it is, relative to the portal's base.</summary>
    public const string Path = "admin/audit.csv";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, AnswerAsync).RequireAuthorization(PortalRoles.Admin).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(string? from, string? to, string? actor, string? action, string? text, HttpContext http, AuditLog log, ActNotes notes, TimeProvider clock)
    {
        var (filter, problem) = new AuditQuery(from, to, actor, action, text).Read();
        if (filter is null) return Results.Text(problem, statusCode: StatusCodes.Status400BadRequest);
        if (!await notes.TryWriteAsync(ActingVisitor.Of(http), "audit.exported", "audit", http.Request.QueryString.ToString())) return Results.Text(ActNotes.NotNoted, statusCode: StatusCodes.Status503ServiceUnavailable);
        var answer = http.Response;
        answer.ContentType = "text/csv; charset=utf-8; header=present";
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers[HeaderNames.CacheControl] = "no-store";
        answer.Headers[HeaderNames.ContentDisposition] = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"tft-audit-{clock.GetUtcNow():yyyy-MM-dd}.csv\"");
        // What fails midway cuts the connection: half a file must not look like a whole one.
        await AuditCsv.WriteAsync(answer.BodyWriter, log.AllAsync(filter, http.RequestAborted), http.RequestAborted);
        return Results.Empty;
    }
}
