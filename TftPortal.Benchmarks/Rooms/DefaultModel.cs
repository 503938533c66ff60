using TftPortal.Settings;

namespace TftPortal.Benchmarks.Rooms;

/// <summary>The model that the portal ships.</summary>
internal static class DefaultModel
{
    /// <summary>Its folder, in the repository that this program was built in.</summary>
    public static string Folder() => Path.Combine(PortalFolders.FindRoot(AppContext.BaseDirectory), "models", "default");
}
