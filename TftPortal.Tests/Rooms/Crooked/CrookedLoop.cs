namespace TftPortal.Tests.Rooms.Crooked.Loop;

/// <summary>What <see cref="Fleet.CrookedNoun"/> must not know.</summary>
internal static class CrookedLoop
{
    public static string Tell() => "told";
}
