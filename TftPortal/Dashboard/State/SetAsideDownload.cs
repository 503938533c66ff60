using Microsoft.Net.Http.Headers;
using TftPortal.Access.Audit;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>The download of a set-aside file: it holds readings, so only those get it who may keep the state.</summary>
internal static class SetAsideDownload
{
    private const string Folder = "system/set-aside/";

    /// <summary>Where a file is downloaded from, relative to the portal's base.</summary>
    public static string AddressOf(SetAsideFile file) => Folder + Uri.EscapeDataString(file.File);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Folder + "{file}", AnswerAsync).RequireAuthorization(PortalRoles.StateKeeper).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(string file, HttpContext http, ActNotes notes)
    {
        // Found in the report and never made into a path: a name is one of ours or none.
        var keeper = http.RequestServices.GetService<StateKeeper>();
        if (keeper?.Report.SetAside.FirstOrDefault(known => known.File == file) is not { } found) return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        try
        {
            var content = keeper.OpenRead(found);
            if (await notes.TryWriteAsync(ActingVisitor.Of(http), "state.file_downloaded", found.File, $"{found.SizeBytes} bytes")) return Results.Stream(content, "application/octet-stream", found.File);
            await content.DisposeAsync();
            return Results.Text(ActNotes.NotNoted, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (FileNotFoundException)
        {
            return Results.NotFound(); // deleted since the page was made
        }
    }
}
