using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>A gauge with its thresholds.</summary>
/// <param name="Gauge">What is watched.</param>
/// <param name="Threshold">From which values on it is a danger.</param>
internal sealed record Watch(Gauge Gauge, Threshold Threshold);

/// <summary>What is watched in the servers of each profile.</summary>
internal sealed class Watchlist
{
    private readonly ImmutableArray<ImmutableArray<Watch>> byProfile;

    /// <summary>Makes the lists from settings that were checked.</summary>
    public Watchlist(ThresholdOptions options) =>
        byProfile = [.. WireNames.Profiles.Select(profile => ListOf(options, options.Profiles.GetValueOrDefault(profile, [])))];

    /// <summary>What is watched in a server.</summary>
    public ImmutableArray<Watch> For(ServerProfile profile) => byProfile[(int)profile];

    private static ImmutableArray<Watch> ListOf(ThresholdOptions options, Dictionary<string, Threshold> ofProfile) =>
    [
        .. from gauge in Gauge.All
           let threshold = ofProfile.GetValueOrDefault(gauge.Name) ?? options.Default.GetValueOrDefault(gauge.Name)
           where threshold is not null
           select new Watch(gauge, threshold),
    ];
}
