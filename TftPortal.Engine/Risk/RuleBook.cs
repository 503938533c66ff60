using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>A rule, and where it comes from.</summary>
/// <param name="Origin">Where.</param>
/// <param name="Rule">The rule.</param>
public sealed record SourcedRule(RuleOrigin Origin, AlertRule Rule);

/// <summary>Rules in their order: the widest first, so that the last that applies decides. <see cref="AlertRule"/> says which is narrower.</summary>
internal sealed class RuleBook
{
    private RuleBook(IEnumerable<SourcedRule> rules) => Rules =
    [
        .. rules.OrderBy(rule => ServerPattern.Narrowness(rule.Rule.Servers)).ThenBy(rule => rule.Rule.Profile is not null)
            .ThenBy(rule => rule.Origin).ThenBy(rule => rule.Rule.ChangedAt).ThenBy(rule => rule.Rule.Id),
    ];

    /// <summary>The rules, the widest first.</summary>
    public ImmutableArray<SourcedRule> Rules { get; }

    /// <summary>Whether any rule is about some servers of a profile and not about others.</summary>
    public bool NamesServers => Rules.Any(rule => rule.Rule.Servers != ServerPattern.All);

    /// <summary>The rules that the settings make.</summary>
    public static RuleBook Of(ThresholdOptions thresholds, IEnumerable<AlertRule> rules) => new(
    [
        .. thresholds.Default.Select(of => new SourcedRule(RuleOrigin.Thresholds, RuleOf(of.Key, null, of.Value))),
        .. thresholds.Profiles.SelectMany(profile => profile.Value.Select(of => new SourcedRule(RuleOrigin.Thresholds, RuleOf(of.Key, profile.Key, of.Value)))),
        .. rules.Select(rule => new SourcedRule(RuleOrigin.Settings, rule)),
    ]);

    /// <summary>With the admins' rules.</summary>
    public RuleBook With(IEnumerable<AlertRule> admins) => new(Rules.Concat(admins.Select(rule => new SourcedRule(RuleOrigin.Admin, rule))));

    /// <summary>The rules of one metric.</summary>
    public RuleBook Only(string metric) => new(Rules.Where(rule => rule.Rule.Metric == metric));

    /// <summary>What is watched in a server: of every gauge that has thresholds, and is not said to be left alone.</summary>
    public ImmutableArray<Watch> For(string server, ServerProfile profile)
    {
        var ofServer = Rules.Where(rule => rule.Rule.Covers(server, profile)).Reverse().ToLookup(rule => rule.Rule.Metric, StringComparer.Ordinal);
        return [.. from gauge in Gauge.All let watch = WatchOf(gauge, [.. ofServer[gauge.Name]]) where watch is not null select watch];
    }

    /// <summary>What rules say of a gauge, the narrowest first.</summary>
    private static Watch? WatchOf(Gauge gauge, SourcedRule[] rules)
    {
        if (rules.Select(rule => rule.Rule.IsWatched).FirstOrDefault(said => said is not null) == false) return null;
        if (rules.FirstOrDefault(rule => rule.Rule.Warning is not null)?.Rule is not { } limits) return null;
        var odds = rules.FirstOrDefault(rule => rule.Rule.RaiseProbability is not null)?.Rule;
        return new(gauge with { IsBelow = limits.IsBelow }, new() { Warning = limits.Warning!.Value, Critical = limits.Critical!.Value, RaiseProbability = odds?.RaiseProbability, ClearProbability = odds?.ClearProbability })
        {
            MinimumDeviation = First(rule => rule.MinimumDeviation) ?? 0,
            LookAheadMinutes = First(rule => rule.LookAheadMinutes),
            Cycles = First(rule => rule.Cycles),
            QuietHours = rules.FirstOrDefault(rule => rule.Rule.QuietHours is not null)?.Rule.QuietHours,
            Sources = [.. rules],
        };

        T? First<T>(Func<AlertRule, T?> said)
            where T : struct => rules.Select(rule => said(rule.Rule)).FirstOrDefault(value => value is not null);
    }

    private static AlertRule RuleOf(string metric, string? profile, Threshold threshold) => new()
    {
        Name = profile is null ? "default" : $"default of {profile}",
        Metric = metric,
        Profile = profile,
        Warning = threshold.Warning,
        Critical = threshold.Critical,
        RaiseProbability = threshold.RaiseProbability,
        ClearProbability = threshold.ClearProbability,
    };
}
