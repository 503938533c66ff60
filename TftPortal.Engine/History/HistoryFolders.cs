namespace TftPortal.Engine.History;

/// <summary>Where what is kept lies.</summary>
internal static class HistoryFolders
{
    /// <summary>The folder of what was simulated: begun anew at each start, and never mixed with what was.</summary>
    public static string Simulated(HistoryPlace place) => Path.Combine(place.Folder, "simulated");

    /// <summary>Where exports are made.</summary>
    public const string Exports = ".exports";

    /// <summary>Deletes what a program that ended at once has left: before anything is asked or written.</summary>
    public static void Tidy(HistoryPlace place)
    {
        foreach (var left in (ReadOnlySpan<string>)[Duck.SpillFolder, Exports])
        {
            if (Directory.Exists(Path.Combine(place.Folder, left))) Directory.Delete(Path.Combine(place.Folder, left), recursive: true);
        }
    }

    /// <summary>Begins a folder anew.</summary>
    public static void Begin(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }
}
