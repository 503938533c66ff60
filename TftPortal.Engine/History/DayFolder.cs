using System.Globalization;
using System.Text.RegularExpressions;
using TftPortal.Engine.State;

namespace TftPortal.Engine.History;

/// <summary>
/// A table's files: <c>yyyy/MM/dd.parquet</c> for a day, and beside it <c>dd.123.parquet</c> for what was written since. A part's number is larger than those before it,
/// so that a row that is in two of them is taken from the later one; parts that are left over beside the day's file that they went into do no harm.
/// </summary>
internal sealed partial class DayFolder(string root)
{
    /// <summary>What a file that is being written ends with; left over, it is one that did not end.</summary>
    public const string Unfinished = ".writing";

    private const string DamagedMark = ".damaged-";

    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>The days that have files, the oldest first.</summary>
    /// <param name="from">The first that counts.</param>
    /// <param name="until">The last that counts.</param>
    public List<HistoryDay> Days(DateOnly from, DateOnly until)
    {
        var days = new SortedDictionary<DateOnly, List<DayFile>>();
        if (!Directory.Exists(root)) return [];
        foreach (var month in Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories))
        {
            foreach (var path in Directory.EnumerateFiles(month, "*.parquet"))
            {
                if (Read(path) is not { } file || file.Day < from || file.Day > until) continue;
                if (!days.TryGetValue(file.Day, out var files)) days.Add(file.Day, files = []);
                files.Add(file);
            }
        }

        return [.. days.Select(day => new HistoryDay(day.Key, [.. day.Value.OrderBy(file => file.Part)]))];
    }

    /// <summary>Every day that has files, the oldest first.</summary>
    public List<HistoryDay> Days() => Days(DateOnly.MinValue, DateOnly.MaxValue);

    /// <summary>Where a day's own file is.</summary>
    public string PathOf(DateOnly day) => Path.Combine(root, day.ToString("yyyy", CultureInfo.InvariantCulture), day.ToString("MM", CultureInfo.InvariantCulture), day.ToString("dd", CultureInfo.InvariantCulture) + ".parquet");

    /// <summary>Where a part of a day is.</summary>
    public string PathOf(DateOnly day, long part) => Path.ChangeExtension(PathOf(day), string.Create(CultureInfo.InvariantCulture, $"{part}.parquet"));

    /// <summary>Writes a file beside its place, flushes it, and moves it there.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="write">Writes it to the path it is given.</param>
    /// <exception cref="IOException">It can't be written; what was there stands.</exception>
    public static void Place(string path, Action<string> write)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var beside = path + Unfinished;
        try
        {
            write(beside);
            using (var file = new FileStream(beside, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        DiskFlush.Folder(folder);
    }

    /// <summary>Puts a file that can't be read out of the way.</summary>
    /// <returns>Its new name.</returns>
    public static string SetAside(string path, DateTimeOffset now)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}{DamagedMark}{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
        File.Move(path, aside, overwrite: true);
        return aside;
    }

    /// <summary>Deletes what a write that did not end has left.</summary>
    public void Tidy()
    {
        if (!Directory.Exists(root)) return;
        foreach (var left in Directory.EnumerateFiles(root, "*" + Unfinished, SearchOption.AllDirectories)) File.Delete(left);
    }

    private static DayFile? Read(string path)
    {
        var name = Name().Match(Path.GetFileName(path));
        var month = Path.GetDirectoryName(path)!;
        if (!name.Success || !DateOnly.TryParseExact($"{Path.GetFileName(Path.GetDirectoryName(month))}-{Path.GetFileName(month)}-{name.Groups["day"].Value}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        var part = name.Groups["part"];
        return new(day, part.Success ? long.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0, path);
    }

    [GeneratedRegex(@"^(?<day>[0-9]{2})(\.(?<part>[0-9]{1,18}))?\.parquet$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();
}

/// <summary>A file of a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Part">The part's number; 0 for the day's own file.</param>
/// <param name="Path">Where it is.</param>
internal sealed record DayFile(DateOnly Day, long Part, string Path);

/// <summary>A day's files, the day's own first, then the parts in their order.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Files">At least one.</param>
internal sealed record HistoryDay(DateOnly Day, IReadOnlyList<DayFile> Files)
{
    /// <summary>Whether it is one file, in which no row is twice.</summary>
    public bool IsWhole => Files is [{ Part: 0 }];
}
