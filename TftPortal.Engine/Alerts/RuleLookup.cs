using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>What holds for one metric of one server, every rule considered.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="IsBelow">Whether low is the danger.</param>
/// <param name="Warning">From where on it is a warning, in the metric's unit.</param>
/// <param name="Critical">From where on it is critical.</param>
/// <param name="MinimumDeviation">How far beyond the median of the server's own week it must be; 0 where that does not matter.</param>
/// <param name="LookAheadMinutes">How far ahead it looks.</param>
/// <param name="RaiseProbability">From which probability on it is raised.</param>
/// <param name="ClearProbability">Below which it may clear.</param>
/// <param name="Cycles">In how many pictures it must show.</param>
/// <param name="QuietHours">When nothing is sent; null for never.</param>
/// <param name="Sources">The rules that say so, the one that decides first.</param>
public sealed record AppliedRule(
    string Metric, bool IsBelow, float Warning, float Critical, float MinimumDeviation, int LookAheadMinutes, double RaiseProbability, double ClearProbability, int Cycles,
    QuietHours? QuietHours, ImmutableArray<SourcedRule> Sources);

/// <summary>Tells which rules there are, and which apply to a server. Safe for several threads.</summary>
public sealed class RuleLookup
{
    private readonly Watchlist watchlist;
    private readonly AlertOptions options;

    internal RuleLookup(Watchlist watchlist, AlertOptions options) => (this.watchlist, this.options) = (watchlist, options);

    /// <summary>The rules of the settings, the widest first.</summary>
    public ImmutableArray<SourcedRule> Settings => watchlist.Settings;

    /// <summary>What holds for a server, by metric; a metric without an entry is not watched.</summary>
    public ImmutableArray<AppliedRule> For(string server, ServerProfile profile) =>
    [
        .. watchlist.For(server, profile).Select(watch => new AppliedRule(
            watch.Gauge.Name, watch.Gauge.IsBelow, watch.Threshold.Warning, watch.Threshold.Critical, watch.MinimumDeviation, watch.LookAheadMinutes ?? options.LookAheadMinutes,
            watch.Threshold.RaiseProbability ?? options.RaiseProbability, watch.Threshold.ClearProbability ?? options.ClearProbability, watch.Cycles ?? options.RaiseCycles, watch.QuietHours, watch.Sources)),
    ];
}
