using TftPortal.Tests.Rooms.Crooked.Loop;

namespace TftPortal.Tests.Rooms.Crooked.Fleet;

/// <summary>Breaks the rules on purpose: a noun that knows the loop.</summary>
internal static class CrookedNoun
{
    public static string Told() => CrookedLoop.Tell();
}
