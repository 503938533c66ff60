using TftPortal.Api.Shapes;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Api.Owning;

/// <summary>How rules are shown and asked for in JSON.</summary>
internal static class RuleJson
{
    /// <summary>What of a body can be made no rule; null where nothing is.</summary>
    public static OrderFault? Unfit(RuleRequest body) =>
        body.Direction is null or "above" or "below" ? null : new("direction", $"\"{(body.Direction.Length <= 64 ? body.Direction : body.Direction[..64])}\" is no direction; allowed are above and below");

    /// <summary>The rule that a body says.</summary>
    public static AlertRule RuleOf(Guid id, RuleRequest body) => new()
    {
        Id = id,
        Name = body.Name ?? "",
        Metric = body.Metric ?? "",
        Servers = body.Servers ?? ServerPattern.All,
        Profile = body.Profile,
        IsWatched = body.IsWatched,
        IsBelow = body.Direction == "below",
        Warning = body.Warning,
        Critical = body.Critical,
        MinimumDeviation = body.MinimumDeviation,
        LookAheadMinutes = body.LookAheadMinutes,
        RaiseProbability = body.RaiseProbability,
        ClearProbability = body.ClearProbability,
        Cycles = body.Cycles,
        QuietHours = body.QuietHours is { } quiet ? new() { From = quiet.From, Until = quiet.Until, TimeZone = quiet.TimeZone ?? "UTC" } : null,
    };

    /// <summary>A rule as it was asked for.</summary>
    public static RuleRequest Asked(AlertRule rule) => new()
    {
        Name = rule.Name,
        Metric = rule.Metric,
        Servers = rule.Servers,
        Profile = rule.Profile,
        IsWatched = rule.IsWatched,
        Direction = rule.Warning is null ? null : Direction(rule.IsBelow),
        Warning = rule.Warning,
        Critical = rule.Critical,
        MinimumDeviation = rule.MinimumDeviation,
        LookAheadMinutes = rule.LookAheadMinutes,
        RaiseProbability = rule.RaiseProbability,
        ClearProbability = rule.ClearProbability,
        Cycles = rule.Cycles,
        QuietHours = Shape(rule.QuietHours),
    };

    /// <summary>A rule as it stands.</summary>
    public static RuleShape Shape(SourcedRule sourced)
    {
        var (isAdmins, rule) = (sourced.Origin == RuleOrigin.Admin, sourced.Rule);
        return new(Asked(rule))
        {
            Id = isAdmins ? rule.Id : null,
            Origin = sourced.Origin switch { RuleOrigin.Admin => "admin", RuleOrigin.Settings => "settings", _ => "thresholds" },
            By = isAdmins ? rule.By : null,
            ChangedAt = isAdmins ? rule.ChangedAt : null,
        };
    }

    /// <summary>What holds for a metric.</summary>
    public static AppliedShape Shape(AppliedRule rule) => new(
        rule.Metric, Direction(rule.IsBelow), rule.Warning, rule.Critical, rule.MinimumDeviation, rule.LookAheadMinutes, rule.RaiseProbability, rule.ClearProbability, rule.Cycles,
        Shape(rule.QuietHours), [.. rule.Sources.Select(source => source.Rule.Name)]);

    private static QuietShape? Shape(QuietHours? hours) => hours is null ? null : new() { From = hours.From, Until = hours.Until, TimeZone = hours.TimeZone };

    private static string Direction(bool isBelow) => isBelow ? "below" : "above";
}
