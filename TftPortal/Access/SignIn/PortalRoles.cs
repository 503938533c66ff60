using System.Security.Claims;

namespace TftPortal.Access.SignIn;

/// <summary>What people may do: roles, each including those before it, and the policies that pages and acts ask for.</summary>
public static class PortalRoles
{
    /// <summary>Sees.</summary>
    public const string Viewer = "Viewer";

    /// <summary>Acknowledges, silences, switches the demo; and sees.</summary>
    public const string Operator = "Operator";

    /// <summary>Keys, users, models, settings, the state; and all the rest.</summary>
    public const string Admin = "Admin";

    /// <summary>The policy of one's own account: whoever has signed in, of whatever role.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>The policy of acts on the state on disk: saving, downloading and deleting. Admins may, and a browser of this machine while the door is open.</summary>
    public const string StateKeeper = "StateKeeper";

    /// <summary>Every role, the least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Operator, Admin];

    /// <summary>The claims of a role: one for each role that it includes.</summary>
    /// <exception cref="ArgumentException">There is no such role.</exception>
    internal static IEnumerable<Claim> ClaimsOf(string role)
    {
        var index = All.ToList().IndexOf(role);
        if (index < 0) throw new ArgumentException($"There is no role {role}; roles are {string.Join(", ", All)}.", nameof(role));
        return All.Take(index + 1).Select(included => new Claim(ClaimTypes.Role, included));
    }

    /// <summary>The highest role of somebody; null where there is none.</summary>
    internal static string? RoleOf(ClaimsPrincipal somebody) => All.LastOrDefault(somebody.IsInRole);
}
