using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TftPortal.Access.SignIn.Oidc;

/// <summary>What happens when a browser comes back from the provider: the protocol's own checks are done, or have failed.</summary>
internal sealed class OidcEvents(OidcDesk desk) : OpenIdConnectEvents
{
    /// <summary>Where the sign-in page is told what became of it.</summary>
    public static string AddressOf(OidcAnswer answer) => $"/sign-in?sso={answer}";

    /// <summary>The tokens are good: they have served, and nothing of them is kept. The session is ours.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        var answer = await desk.EnterAsync(context.HttpContext, context.Principal!, context.HttpContext.RequestAborted);
        Lead(context.Response, answer == OidcAnswer.Done ? context.ReturnUri ?? "/" : AddressOf(answer));
    }

    /// <summary>Somebody gave up there.</summary>
    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        Lead(context.Response, "/sign-in");
        return Task.CompletedTask;
    }

    /// <summary>What came back was forged, replayed, too late, or could not be turned into tokens. Why is the log's matter, in words of ours: the fault's own may hold what was sent.</summary>
    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var reason = context.Failure switch
        {
            OpenIdConnectProtocolInvalidNonceException => "the nonce is not the one that was sent",
            OpenIdConnectProtocolException => "the provider refused, or answered what it may not",
            Microsoft.IdentityModel.Tokens.SecurityTokenException => "the ID token is not good",
            HttpRequestException or TaskCanceledException or IOException => "the provider can't be reached",
            AuthenticationFailureException => "this browser did not begin this sign-in, or too long ago",
            _ => "the answer could not be understood",
        };
        await desk.FailAsync(context.HttpContext, "(unknown)", reason, context.HttpContext.RequestAborted);
        Lead(context.Response, AddressOf(OidcAnswer.Failed));
    }

    private static void Lead(HttpResponse response, string to)
    {
        response.Headers.CacheControl = "no-store";
        response.Redirect(to);
    }
}
