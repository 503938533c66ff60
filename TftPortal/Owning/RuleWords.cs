using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Owning;

/// <summary>A rule in words, for the audit and the page.</summary>
internal static class RuleWords
{
    /// <summary>What a rule changes: "mem_used_pct from 95/99, quiet 22:00–06:00 Europe/Berlin".</summary>
    public static string Of(AlertRule rule)
    {
        List<string> said = [];
        if (rule.IsWatched is { } isWatched) said.Add(isWatched ? "watched" : "not watched");
        if (rule.Warning is not null) said.Add($"{(rule.IsBelow ? "down from" : "from")} {Number(rule.Warning)} a warning, {Number(rule.Critical)} critical");
        if (rule.MinimumDeviation is not null) said.Add($"at least {Number(rule.MinimumDeviation)} beyond its usual");
        if (rule.LookAheadMinutes is not null) said.Add($"{Number(rule.LookAheadMinutes)} min ahead");
        if (rule.RaiseProbability is not null) said.Add($"raised from {Number(rule.RaiseProbability * 100)} %, held to {Number(rule.ClearProbability * 100)} %");
        if (rule.Cycles is not null) said.Add($"in {Number(rule.Cycles)} pictures");
        if (rule.QuietHours is { } quiet) said.Add(Quiet(quiet));
        return $"{rule.Metric} {string.Join(", ", said)}";
    }

    /// <summary>Quiet hours: "quiet 22:00–06:00 Europe/Berlin".</summary>
    public static string Quiet(QuietHours quiet) => string.Create(CultureInfo.InvariantCulture, $"quiet {quiet.From:HH\\:mm}–{quiet.Until:HH\\:mm} {quiet.TimeZone}");

    /// <summary>Which servers: "all servers", "web-*", "database db-*".</summary>
    public static string Scope(AlertRule rule) => (rule.Profile, rule.Servers) switch
    {
        (null, ServerPattern.All) => "all servers",
        (null, var servers) => servers,
        (var profile, ServerPattern.All) => $"{profile} servers",
        (var profile, var servers) => $"{profile} servers {servers}",
    };

    /// <summary>Where a rule comes from.</summary>
    public static string Origin(SourcedRule rule) => rule.Origin switch
    {
        RuleOrigin.Admin => rule.Rule.By,
        RuleOrigin.Settings => "settings, Alerts:Rules",
        _ => "settings, Alerts:Thresholds",
    };

    private static string Number(IFormattable? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
