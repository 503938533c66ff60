namespace TftPortal.Access.SignIn;

/// <summary>How a request tells who sends it.</summary>
internal static class PortalSchemes
{
    /// <summary>Chooses among the others.</summary>
    public const string Any = "Portal";

    /// <summary>A session's cookie, by the name that ASP.NET Core Identity has for it.</summary>
    public const string Cookie = "Identity.Application";

    /// <summary>The open door: whoever sits at this machine, while there are neither users nor keys.</summary>
    public const string Door = "Door";

    /// <summary>A provider of OpenID Connect, where there is one: asked only by <c>/sign-in/oidc</c>.</summary>
    public const string Oidc = "Oidc";

    /// <summary>Nobody: routes of the API are opened by keys alone, and a cookie, which any page can make a browser send, says nothing there.</summary>
    public const string Nobody = "Nobody";
}
