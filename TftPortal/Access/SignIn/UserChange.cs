using TftPortal.Access.Records;

namespace TftPortal.Access.SignIn;

/// <summary>What became of a change of users.</summary>
/// <param name="User">The user after it; null where nothing was changed.</param>
/// <param name="Problem">Why nothing was changed; null where it was.</param>
/// <param name="Action">The audit's word for it; empty where there is nothing to tell.</param>
/// <param name="Detail">What the audit says of it.</param>
internal sealed record UserChange(PortalUser? User, string? Problem, string Action, string Detail)
{
    public static UserChange Unknown { get; } = Refused("There is no such user.");

    /// <summary>The one-time link that the change made, told here and never again.</summary>
    public string? Link { get; init; }

    public static UserChange Done(PortalUser user, string action, string detail) => new(user, null, action, detail);

    public static UserChange Same(PortalUser user) => new(user, null, "", "");

    public static UserChange Refused(string problem) => new(null, problem, "", "");

    /// <summary>Never with the link in it.</summary>
    public override string ToString() => $"{nameof(UserChange)} {Action} {User?.Email} {Problem}";
}
