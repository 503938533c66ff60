using TftPortal.Access.ApiKeys;

namespace TftPortal.Access.SignIn;

/// <summary>The dashboard's open door: while neither a user nor a key was ever made, whoever sits at this machine may come in.</summary>
internal sealed class PeopleDoor(UserCount users, KeyRing keys, OpenDoor door)
{
    /// <summary>Whether it is open at all.</summary>
    public bool IsOpen => users.IsEmpty && keys.IsEmpty && door.ListensOnLoopbackOnly;

    /// <summary>Whether a request comes in by it.</summary>
    public bool LetsIn(HttpContext http) => users.IsEmpty && keys.IsEmpty && door.LetsIn(http);
}
