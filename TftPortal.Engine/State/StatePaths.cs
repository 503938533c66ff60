using System.Globalization;

namespace TftPortal.Engine.State;

/// <summary>Where the state lies: the newest generation under the name that the settings give, everything else beside it under names that begin with it.</summary>
/// <param name="File">The newest generation.</param>
internal sealed record StatePaths(string File)
{
    private const string DamagedMark = ".damaged-";
    private const string KeptMark = ".migrated-";
    private const string Stamp = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>The folder.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(File))!;
    /// <summary>The generation before it.</summary>
    public string Previous => File + ".previous";
    /// <summary>A generation that is being written; left over, it is a save that did not end.</summary>
    public string Unfinished => File + ".saving";
    /// <summary>The journal's database.</summary>
    public string Journal => File + ".journal";
    /// <summary>The alerts that stand.</summary>
    public string Alerts => File + ".alerts.json";
    /// <summary>Silences, maintenance windows and rules.</summary>
    public string AlertBook => File + ".alert-book.json";
    /// <summary>The folder of what is kept of why alerts were raised.</summary>
    public string Evidence => File + ".evidence";
    /// <summary>The kept forecasts and their scores.</summary>
    public string Accuracy => File + ".accuracy";
    /// <summary>The old daemon's pickle of the same name.</summary>
    public string Pickle => Path.ChangeExtension(File, ".pkl");

    /// <summary>The name under which a damaged file is put aside.</summary>
    public static string Damaged(string file, DateTimeOffset now) => file + DamagedMark + now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture);

    /// <summary>The name under which another system's file is kept for good, as it was when it was read.</summary>
    public string Kept(DateTimeOffset now) => File + KeptMark + now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture);

    /// <summary>What is kept under such names.</summary>
    public IEnumerable<string> AllKept() => Directory.EnumerateFiles(Folder, Path.GetFileName(File) + KeptMark + "*");

    /// <summary>The files that were put aside, the newest first.</summary>
    public IEnumerable<SetAsideFile> SetAside() =>
        Directory.EnumerateFiles(Folder, Path.GetFileName(File) + "*" + DamagedMark + "*")
            .Select(path => new SetAsideFile(Path.GetFileName(path), TimeOf(path), new FileInfo(path).Length, Reason: null))
            .OrderByDescending(file => file.Time).ThenBy(file => file.File, StringComparer.Ordinal);

    private static DateTimeOffset TimeOf(string path) =>
        DateTimeOffset.TryParseExact(path[(path.LastIndexOf(DamagedMark, StringComparison.Ordinal) + DamagedMark.Length)..], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(path));
}
