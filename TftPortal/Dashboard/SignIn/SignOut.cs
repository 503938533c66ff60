using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using TftPortal.Access;
using TftPortal.Access.SignIn;

namespace TftPortal.Dashboard.SignIn;

/// <summary><c>POST /sign-out</c>: ends the session that the browser has.</summary>
internal static class SignOut
{
    public const string Path = "/sign-out";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, AnswerAsync).RequireAuthorization(PortalRoles.SignedIn).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(HttpContext http, IAntiforgery antiforgery, Sessions sessions)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        if (Sessions.NumberOf(http.User) is { } number) await sessions.EndAsync(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!, number, new($"user {http.User.Identity!.Name}", ClientAddress.Of(http.Connection.RemoteIpAddress)), http.RequestAborted);
        SessionCookie.Delete(http);
        return Results.LocalRedirect(SignInAddress.Path);
    }
}
