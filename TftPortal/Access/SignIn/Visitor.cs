using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Access.SignIn;

/// <summary>Who looks at a page, for the page's own acts: a disabled button is only a word to an honest browser, so an act asks again.</summary>
internal sealed class Visitor(AuthenticationStateProvider authentication, IAuthorizationService authorization)
{
    /// <summary>Who it is now; a session that was ended meanwhile is nobody's.</summary>
    public async Task<ClaimsPrincipal> WhoAsync() => (await authentication.GetAuthenticationStateAsync()).User;

    /// <summary>The visitor, as the audit names who does something.</summary>
    public async Task<KeyActor> ActorAsync() => await WhoAsync() is var somebody && DoorHandler.CameIn(somebody)
        ? new("this machine", "")
        : new($"user {somebody.Identity?.Name}", somebody.FindFirstValue(Sessions.AddressClaim) ?? "");

    /// <summary>Whether the visitor may do what a policy of <see cref="PortalRoles"/> covers.</summary>
    public async Task<bool> MayAsync(string policy) => (await authorization.AuthorizeAsync(await WhoAsync(), null, policy)).Succeeded;
}
