using Microsoft.Net.Http.Headers;
using TftPortal.Access;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>The download of a set-aside file: it holds readings, so only a browser on this machine gets it until there are people to sign in.</summary>
internal static class SetAsideDownload
{
    private const string Folder = "system/set-aside/";

    /// <summary>Where a file is downloaded from, relative to the portal's base.</summary>
    public static string AddressOf(SetAsideFile file) => Folder + Uri.EscapeDataString(file.File);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Folder + "{file}", Answer).ExcludeFromDescription();

    private static IResult Answer(string file, HttpContext http, OpenDoor door)
    {
        if (!door.LetsIn(http)) return Results.Text("Set-aside files are open only to a browser on the portal's own machine.", statusCode: StatusCodes.Status403Forbidden);
        // Found in the report and never made into a path: a name is one of ours or none.
        var keeper = http.RequestServices.GetService<StateKeeper>();
        if (keeper?.Report.SetAside.FirstOrDefault(known => known.File == file) is not { } found) return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        try
        {
            return Results.Stream(keeper.OpenRead(found), "application/octet-stream", found.File);
        }
        catch (FileNotFoundException)
        {
            return Results.NotFound(); // deleted since the page was made
        }
    }
}
