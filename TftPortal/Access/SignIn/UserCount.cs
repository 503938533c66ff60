namespace TftPortal.Access.SignIn;

/// <summary>Whether anybody can sign in at all.</summary>
internal sealed class UserCount
{
    private volatile bool any;

    /// <summary>Whether no user was ever made. Once one was, it stays false, whatever becomes of that user: what the first one closes does not open again by itself.</summary>
    public bool IsEmpty => !any;

    /// <summary>There is a user.</summary>
    public void SetAny() => any = true;
}
