using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace TftPortal.Access.SignIn;

/// <summary>Asks for each open page whether its visitor's session still stands, or the door is still open; a page whose visitor has become nobody shows nothing more.</summary>
internal sealed class PageWatch(ILoggerFactory log, Sessions sessions, PeopleDoor door, IOptions<SignInOptions> options) : RevalidatingServerAuthenticationStateProvider(log)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(options.Value.RecheckSeconds);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        DoorHandler.CameIn(authenticationState.User) ? door.IsOpen : await sessions.StillHoldsAsync(authenticationState.User, cancellationToken);
}
