using System.Security.Claims;

namespace TftPortal.Access.SignIn.Oidc;

/// <summary>Somebody as the provider's tokens say, after they were checked.</summary>
/// <param name="Issuer">Who says so.</param>
/// <param name="Subject">Who it is there: the one name that never changes and is never given to somebody else.</param>
/// <param name="Email">The e-mail address; null where there is none, or the provider says that it was never confirmed.</param>
/// <param name="Role">The highest role of the groups; null where none has one.</param>
/// <param name="Why">Why there is no role.</param>
internal sealed record OidcPerson(string Issuer, string Subject, string? Email, string? Role, string Why)
{
    /// <summary>Reads claims.</summary>
    public static OidcPerson Of(ClaimsPrincipal proven, OidcOptions options)
    {
        var groups = proven.FindAll(options.GroupsClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var role = Has(options.AdminGroups) ? PortalRoles.Admin
            : Has(options.OperatorGroups) ? PortalRoles.Operator
            : Has(options.ViewerGroups) || options.Others == OidcOthers.Viewer ? PortalRoles.Viewer
            : null;
        // Entra leaves the groups out where there are too many, and says so there.
        var why = groups.Count > 0 ? "none of the groups has a role" : proven.HasClaim(claim => claim.Type == "_claim_names") ? "the provider left the groups out, as there are too many" : $"the provider sent no claim {options.GroupsClaim}";
        var isUnconfirmed = string.Equals(proven.FindFirstValue("email_verified"), "false", StringComparison.OrdinalIgnoreCase);
        return new(proven.FindFirstValue("iss") ?? "", proven.FindFirstValue("sub") ?? "", isUnconfirmed ? null : proven.FindFirstValue("email"), role, why);

        bool Has(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(groups.Contains);
    }
}

/// <summary>What became of somebody who comes from the provider; the words for it are the sign-in page's.</summary>
internal enum OidcAnswer
{
    Done,

    /// <summary>What came back was not what was asked for, or not in time.</summary>
    Failed,

    /// <summary>The provider can't be reached.</summary>
    Unreachable,

    /// <summary>No group has a role.</summary>
    NoRole,

    /// <summary>There is no confirmed e-mail address.</summary>
    NoEmail,

    /// <summary>Another account has the e-mail address: it is never taken over.</summary>
    Taken,

    /// <summary>The account is disabled.</summary>
    Disabled,
}
