using System.Security.Claims;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.SignIn;

namespace TftPortal.Dashboard.Live;

/// <summary>Who acts on this browser's page, for the act and for the audit of it.</summary>
internal sealed class ActingVisitor(Visitor visitor, VisitorPlace place)
{
    /// <summary>Every act asks: a disabled button is only a word to an honest browser, and a page that an admin opened may be nobody's meanwhile.</summary>
    /// <param name="policy">One of <see cref="PortalRoles"/>.</param>
    /// <returns>How the audit names whoever acts; null where they may not.</returns>
    public async Task<KeyActor?> AskAsync(string policy)
    {
        if (!await visitor.MayAsync(policy)) return null;
        return new(NameOf(await visitor.WhoAsync()), place.Address);
    }

    /// <summary>The same of a request that was let in already.</summary>
    public static KeyActor Of(HttpContext http) => new(NameOf(http.User), VisitorPlace.Text(http.Connection.RemoteIpAddress));

    /// <summary>What somebody is told who may not.</summary>
    public static string No(string policy) => $"This needs the role {(policy == PortalRoles.StateKeeper ? PortalRoles.Admin : policy)}. Nothing was changed.";

    private static string NameOf(ClaimsPrincipal who) => DoorHandler.CameIn(who) ? "this machine" : $"user {who.Identity?.Name}";
}
