using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>Judges a rule, whoever made it; names every fault, with the value and what is allowed.</summary>
internal static class RuleCheck
{
    private const int MaxName = 64;

    /// <summary>What is wrong: the key of the settings, and why.</summary>
    public static IEnumerable<(string Key, string Reason)> FaultsOf(AlertRule rule)
    {
        if (rule.Name.Trim().Length is 0 or > MaxName || rule.Name.Any(char.IsControl)) yield return (nameof(rule.Name), $"{Words.Quoted(rule.Name)} is no name; allowed are 1 to {MaxName} characters that can be seen");
        if (!Measures.All.Contains(rule.Metric)) yield return (nameof(rule.Metric), $"{Words.Quoted(rule.Metric)} is no measure; allowed are {string.Join(", ", Measures.All)}");
        if (!ServerPattern.IsValid(rule.Servers)) yield return (nameof(rule.Servers), Words.NoPattern(rule.Servers));
        if (rule.Profile is not null && !WireNames.TryParse(rule.Profile, out ServerProfile _)) yield return (nameof(rule.Profile), $"{Words.Quoted(rule.Profile)} is no profile; allowed are {string.Join(", ", WireNames.Profiles)}");
        foreach (var fault in LimitFaults(rule)) yield return fault;
        if (rule.MinimumDeviation is { } deviation && !(deviation >= 0 && float.IsFinite(deviation))) yield return (nameof(rule.MinimumDeviation), $"{Said(deviation)} is out of range; allowed is 0 or more, in the metric's unit");
        if (rule.LookAheadMinutes is < 5 or > 480) yield return (nameof(rule.LookAheadMinutes), $"{Said(rule.LookAheadMinutes)} is out of range; allowed are 5 to 480 minutes");
        if (rule.Cycles is < 1 or > 100) yield return (nameof(rule.Cycles), $"{Said(rule.Cycles)} is out of range; allowed are 1 to 100");
        if (rule.QuietHours is { } quiet)
        {
            if (quiet.From == quiet.Until) yield return (nameof(rule.QuietHours), $"from {quiet.From:HH:mm} until {quiet.Until:HH:mm} is no time; allowed are two different times of day");
            if (!Words.IsZone(quiet.TimeZone)) yield return (nameof(rule.QuietHours), Words.NoZone(quiet.TimeZone));
        }

        if (rule is { Warning: null, RaiseProbability: null, MinimumDeviation: null, LookAheadMinutes: null, Cycles: null, QuietHours: null, IsWatched: null }) yield return (nameof(rule.Warning), "the rule says nothing; it must say at least one thing that differs");
    }

    private static IEnumerable<(string Key, string Reason)> LimitFaults(AlertRule rule)
    {
        if (rule.Warning is null != rule.Critical is null) yield return (nameof(rule.Critical), "warning and critical go together: give both or neither");
        else if (rule is { Warning: { } warning, Critical: { } critical })
        {
            if (!float.IsFinite(warning) || !float.IsFinite(critical) || warning < 0 || critical < 0 || (!rule.IsBelow && warning == 0)) yield return (nameof(rule.Warning), $"{Said(warning)} and {Said(critical)} are no thresholds; allowed are finite numbers above 0, in the metric's unit");
            else if (rule.IsBelow ? critical > warning : critical < warning) yield return (nameof(rule.Critical), $"{Said(critical)} is out of range; allowed is {(rule.IsBelow ? "at most" : "at least")} the warning, {Said(warning)}");
        }
        else if (rule.IsBelow)
        {
            yield return (nameof(rule.IsBelow), "that low is the danger needs thresholds of its own: give warning and critical");
        }

        if (rule.RaiseProbability is null != rule.ClearProbability is null) yield return (nameof(rule.ClearProbability), "the two probabilities go together: give both or neither");
        if (rule.RaiseProbability is { } raise && !(raise is >= .01 and <= 1)) yield return (nameof(rule.RaiseProbability), $"{Said(raise)} is out of range; allowed is 0.01 to 1");
        if (rule.ClearProbability is { } clear && !(clear >= 0 && clear <= (rule.RaiseProbability ?? 1))) yield return (nameof(rule.ClearProbability), $"{Said(clear)} is out of range; allowed is 0 to the raise probability");
    }

    private static string Said(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
