using Microsoft.Net.Http.Headers;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Charts;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;

namespace TftPortal.Dashboard.Server;

/// <summary><c>GET /servers/{name}/download</c>: what the charts of a server show, as a file, for whoever may see the page. Programs take <c>/predictions</c> and <c>/history/server</c>, with a key.</summary>
internal static class ServerDownload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("servers/{name}/download", AnswerAsync).RequireAuthorization(PortalRoles.Viewer).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(string name, string? past, string? ahead, string? format, HttpContext http, OutlookFeed feed, HistoryArchive archive)
    {
        var picture = feed.Latest;
        if (!picture.ByName.TryGetValue(name, out var server)) return Results.Text($"There is no server {name}.", statusCode: StatusCodes.Status404NotFound);
        if (ServerAsk.Read(name, past, ahead, out var fault) is not { } ask) return Results.Text($"{fault!.Field} is \"{fault.Value}\"; allowed is {fault.Allowed}.", statusCode: StatusCodes.Status400BadRequest);
        if (format is not ("csv" or "json")) return Results.Text("format must be csv or json.", statusCode: StatusCodes.Status400BadRequest);
        using var longPast = new LongPast(archive);
        var end = FanChartData.EndOfPast(server, picture);
        await longPast.AskAsync(server.Server, picture.Grid, end, ask.PastLength);
        if (longPast.Fault is not null) return Results.Text(longPast.Fault, statusCode: StatusCodes.Status503ServiceUnavailable);
        var points = PastPoints.Of(server.Server.History, picture.Grid, end, ask.PastLength, longPast.Of(name, ask.PastLength));
        var figures = ServerFigures.Of(server, picture.Grid, points, ask.AheadLength);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var file = FormattableString.Invariant($"{name}-{picture.Time.UtcDateTime:yyyyMMdd'T'HHmm'Z'}.{format}");
        return format == "csv" ? Results.File(figures.ToCsv(), "text/csv; charset=utf-8; header=present", file) : Results.File(figures.ToJson(), "application/json", file);
    }
}
