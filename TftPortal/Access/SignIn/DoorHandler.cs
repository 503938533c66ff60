using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.SignIn;

/// <summary>
/// Takes a request that comes in by the open door for "this machine": it sees, operates, and keeps the state, and is never an admin, since what is done by chance on an open door must not last.
/// </summary>
internal sealed class DoorHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, PeopleDoor door)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>The claim that lets somebody who is no admin keep the state.</summary>
    public const string KeepsState = "tft:keeps-state";

    private static readonly ClaimsPrincipal ThisMachine = new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, "this-machine"), new(ClaimTypes.Name, "this machine"), new(KeepsState, "true"), .. PortalRoles.ClaimsOf(PortalRoles.Operator)], PortalSchemes.Door));

    /// <summary>Whether somebody came in by the door.</summary>
    public static bool CameIn(ClaimsPrincipal somebody) => somebody.Identity?.AuthenticationType == PortalSchemes.Door;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(door.LetsIn(Context) ? AuthenticateResult.Success(new(ThisMachine, Scheme.Name)) : AuthenticateResult.NoResult());
}
