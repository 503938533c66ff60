using System.Collections.Immutable;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>A breach that is foreseen, where it stands on the timeline.</summary>
/// <param name="Server">On which server.</param>
/// <param name="Breach">What.</param>
/// <param name="Share">How far along the timeline, 0–1.</param>
/// <param name="Lane">How many stand beneath it.</param>
public sealed record ForeseenMark(string Server, WorstForecast Breach, double Share, int Lane);

/// <summary>The next 8 hours: every breach that is foreseen has a mark, as long as there is room.</summary>
/// <param name="Marks">The marks, by time.</param>
/// <param name="Crowded">Where there was no room for all: how far along, and how many are not shown.</param>
/// <param name="Count">How many breaches are foreseen.</param>
/// <param name="Likeliest">The breach to name where none is foreseen; null where nothing has a threshold.</param>
public sealed record Timeline(ImmutableArray<ForeseenMark> Marks, ImmutableArray<(double Share, int More)> Crowded, int Count, ServerOutlook? Likeliest)
{
    /// <summary>How long it is.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromHours(8);

    /// <summary>Marks that stand one over the other: 5.</summary>
    public const int Lanes = 5;

    private const int Bins = 48; // of 10 minutes: about the width of a mark on a laptop

    /// <summary>The timeline of a picture. Where marks would lie on each other the likelier are shown.</summary>
    public static Timeline Of(FleetOutlook outlook)
    {
        var foreseen = outlook.Servers.SelectMany(server => server.Risk.Foreseen.Select(breach => (server.Server.Name, Breach: breach, Share: (breach.At - outlook.Time) / Length)))
            .Where(one => one.Share <= 1).Select(one => one with { Share = Math.Max(0, one.Share) }).ToList();
        var marks = ImmutableArray.CreateBuilder<ForeseenMark>();
        var crowded = ImmutableArray.CreateBuilder<(double, int)>();
        foreach (var bin in foreseen.GroupBy(one => Math.Min(Bins - 1, (int)(one.Share * Bins))).OrderBy(bin => bin.Key))
        {
            var likelier = bin.OrderByDescending(one => one.Breach.IsCritical).ThenByDescending(one => one.Breach.Probability).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
            var middle = (bin.Key + 0.5) / Bins;
            marks.AddRange(likelier.Take(Lanes).Select((one, lane) => new ForeseenMark(one.Name, one.Breach, middle, lane)));
            if (likelier.Count > Lanes) crowded.Add((middle, likelier.Count - Lanes));
        }

        return new(marks.ToImmutable(), crowded.ToImmutable(), foreseen.Count, foreseen.Count > 0 ? null : outlook.Servers.Where(server => server.Risk.Worst is { } worst && !(Readouts.Latest(server.Server, worst.Measure) >= worst.Threshold)).MaxBy(server => server.Risk.Worst!.Probability));
    }
}
