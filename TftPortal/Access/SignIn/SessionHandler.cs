using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.SignIn;

/// <summary>Recognises a session by its cookie.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        SessionCookie.Read(Context) is { } text && await sessions.FindAsync(Context, text, Context.RequestAborted) is { } principal
            ? AuthenticateResult.Success(new(principal, Scheme.Name))
            : AuthenticateResult.NoResult();
}
