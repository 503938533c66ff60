using Microsoft.AspNetCore.Authentication;
using TftPortal.Access.SignIn;
using TftPortal.Access.SignIn.Oidc;

namespace TftPortal.Dashboard.SignIn;

/// <summary><c>GET /sign-in/oidc</c>: leads the browser to the provider. A link and no form: pages may send their forms to this portal alone, and browsers hold redirects of a form to that too.</summary>
internal static class OidcStart
{
    public const string Path = "/sign-in/oidc";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, StartAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task StartAsync(HttpContext http, OidcDesk oidc, SignInDesk desk, UserCount users, string? returnUrl)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!oidc.IsOn)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The first admin is set up by the token, and stays who can sign in when the provider can't be reached.
        if (users.IsEmpty || !desk.IsPrivate(http))
        {
            http.Response.Redirect(SignInAddress.Path);
            return;
        }

        try
        {
            await http.ChallengeAsync(PortalSchemes.Oidc, new() { RedirectUri = SignInAddress.Back(returnUrl) });
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && fault is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException)
        {
            oidc.SayUnreachable(fault);
            http.Response.Redirect(OidcEvents.AddressOf(OidcAnswer.Unreachable));
        }
    }
}
