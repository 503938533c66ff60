using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>
/// The fleet's sums by model version, three hours, metric, horizon and profile: what a rolling window adds up. Whatever the fleet's size, a version of a week takes at most 1.9 MB.
/// Belongs to the board's writer.
/// </summary>
internal sealed class FleetScores
{
    /// <summary>Length of a part, hours: a window's start is exact to this.</summary>
    public const int PartHours = 3;
    /// <summary>Parts that are kept: a week and the running one.</summary>
    public const int Parts = (7 * 24 / PartHours) + 1;
    /// <summary>Versions that are kept: those scored last.</summary>
    public const int MostVersions = 4;

    /// <summary>How many profiles there are.</summary>
    public static readonly int Profiles = WireNames.Profiles.Length;
    /// <summary>Cells of a part.</summary>
    public static readonly int Cells = TrackLayout.Metrics * TrackLayout.HorizonCount * Profiles;

    private readonly Dictionary<string, SortedDictionary<long, ScoreCell[]>> versions = new(StringComparer.Ordinal);

    /// <summary>The part that a moment falls into.</summary>
    public static long PartOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (PartHours * 3600);

    /// <summary>Index of a cell.</summary>
    public static int Cell(int metric, int horizon, int profile) => (((metric * TrackLayout.HorizonCount) + horizon) * Profiles) + profile;

    /// <summary>The versions, and of each its parts.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<long, ScoreCell[]>> Versions => versions;

    /// <summary>The cells of a version and part, to add to.</summary>
    public ScoreCell[] Of(string version, long part)
    {
        if (!versions.TryGetValue(version, out var parts)) versions.Add(version, parts = []);
        if (!parts.TryGetValue(part, out var cells)) parts.Add(part, cells = new ScoreCell[Cells]);
        return cells;
    }

    /// <summary>Forgets what is older than a week, and the versions that were scored longest ago.</summary>
    public void Forget(long running)
    {
        foreach (var (version, parts) in versions)
        {
            foreach (var old in parts.Keys.TakeWhile(part => part <= running - Parts).ToList()) parts.Remove(old);
            if (parts.Count == 0) versions.Remove(version);
        }

        foreach (var version in versions.OrderByDescending(version => version.Value.Keys.Last()).Skip(MostVersions).Select(version => version.Key).ToList()) versions.Remove(version);
    }

    /// <summary>The sums of some parts: by cell, over the versions that are asked for.</summary>
    public ScoreCell[] Sum(long from, Func<string, bool> isAsked)
    {
        var sums = new ScoreCell[Cells];
        foreach (var (_, parts) in versions.Where(version => isAsked(version.Key)))
        {
            foreach (var (_, cells) in parts.Where(part => part.Key >= from))
            {
                for (var cell = 0; cell < Cells; cell++) sums[cell].Add(cells[cell]);
            }
        }

        return sums;
    }
}
