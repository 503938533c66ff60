using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using TftPortal.Access.SignIn;
using TftPortal.Engine.History;

namespace TftPortal.Dashboard.History;

/// <summary><c>GET /history/download/{table}</c>: what the page shows, as a file, for whoever may see the page. Programs take <c>/history/export</c>, with a key.</summary>
internal static class HistoryDownload
{
    /// <summary>Where the tables are, relative to the portal's base.</summary>
    public const string Folder = "history/download/";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Folder + "{table}", AnswerAsync).RequireAuthorization(PortalRoles.Viewer).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(string table, string? range, string? from, string? to, string? server, string? format, HttpContext http, HistoryArchive archive, IOptions<HistoryOptions> options, TimeProvider clock)
    {
        if (!HistoryExport.Tables.Contains(table)) return Results.Text($"There is no table {table}; tables are {string.Join(", ", HistoryExport.Tables)}.", statusCode: StatusCodes.Status404NotFound);
        if (HistoryRange.Read(range, from, to, clock.GetUtcNow(), TimeSpan.FromDays(options.Value.HourlyDays), out var fault) is not { } asked) return Results.Text($"{fault!.Field} is \"{fault.Value}\"; allowed is {fault.Allowed}.", statusCode: StatusCodes.Status400BadRequest);
        if (server is not null && server.Any(char.IsControl)) return Results.Text("server is no name of a server.", statusCode: StatusCodes.Status400BadRequest);
        if (format is not ("csv" or "parquet")) return Results.Text("format must be csv or parquet.", statusCode: StatusCodes.Status400BadRequest);
        var export = new HistoryExport(table, asked, server, format == "csv" ? ExportFormat.Csv : ExportFormat.Parquet);
        var answer = http.Response;
        answer.ContentType = export.MediaType;
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers[HeaderNames.CacheControl] = "no-store";
        answer.Headers[HeaderNames.ContentDisposition] = $"attachment; filename=\"{export.FileName}\"";
        // What fails midway cuts the connection: half a table must not look like a whole one.
        try
        {
            await archive.ExportAsync(export, answer.Body, http.RequestAborted);
            return Results.Empty;
        }
        catch (HistoryUnavailableException failed) when (!answer.HasStarted)
        {
            answer.Headers.Remove(HeaderNames.ContentDisposition);
            return Results.Text(failed.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
