using TftPortal.Access.Records;

namespace TftPortal.Dashboard.People;

/// <summary>What an admin does to a user.</summary>
internal enum UserAct
{
    Disable,
    Enable,
    ResetTotp,
    EndSessions,
    SetRole,
}

/// <summary>An act that is asked about before it is done.</summary>
/// <param name="User">To whom.</param>
/// <param name="Act">What.</param>
/// <param name="Role">The new role, where it is that.</param>
internal sealed record UserQuestion(PortalUser User, UserAct Act, string? Role = null)
{
    /// <summary>The question.</summary>
    public string Title => Act switch
    {
        UserAct.Disable => "Disable this user?",
        UserAct.Enable => "Enable this user?",
        UserAct.ResetTotp => "Reset this user's second step?",
        UserAct.EndSessions => "End this user's sessions?",
        _ => $"Make this user {Role}?",
    };

    /// <summary>The button that does it.</summary>
    public string Word => Act switch
    {
        UserAct.Disable => "Disable",
        UserAct.Enable => "Enable",
        UserAct.ResetTotp => "Reset",
        UserAct.EndSessions => "End sessions",
        _ => "Change the role",
    };

    /// <summary>What it does.</summary>
    public string Meaning => Act switch
    {
        UserAct.Disable => "Nobody can sign in with this account, and pages that are open stop within a minute. It can be enabled again.",
        UserAct.Enable => "Whoever knows the password can sign in again.",
        UserAct.ResetTotp => "The password alone is enough until another second step is set up. Make sure that it is really this person who asks.",
        UserAct.EndSessions => "Every browser of this user has to sign in again.",
        _ => "The user's sessions end, and the next sign-in has the new role.",
    };
}
