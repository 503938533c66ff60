namespace TftPortal.Settings;

/// <summary>Where things lie.</summary>
/// <param name="Root">The folder of <c>appsettings.json</c>, <c>wwwroot/</c> and <c>models/</c>.</param>
/// <param name="Data">Everything that the product writes.</param>
/// <param name="StateFile">The window's state file.</param>
internal sealed record PortalFolders(string Root, string Data, string StateFile)
{
    public const string SettingsFile = "appsettings.json";

    /// <summary>
    /// The folder of <c>appsettings.json</c>: of a published copy the one of the program, from whatever folder it was started;
    /// of a working tree the repository's, found upwards from the build's output.
    /// </summary>
    public static string FindRoot(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SettingsFile))) return folder.FullName;
        }

        return programFolder;
    }

    /// <summary>Resolves the folders: relative ones lie beside <c>appsettings.json</c>, a relative state file in the data folder.</summary>
    public static PortalFolders Resolve(string root, DataOptions options)
    {
        var data = Path.GetFullPath(options.Folder, root);
        return new(root, data, Path.GetFullPath(options.PersistenceFile, data));
    }
}
