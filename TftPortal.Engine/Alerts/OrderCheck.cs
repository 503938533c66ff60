using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>Judges what somebody wants done with alerts; names every fault by its field on the wire, with the value and what is allowed.</summary>
internal static class OrderCheck
{
    private const int MaxText = 1_000, MaxName = 64, MaxRule = 300;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(30), LongAgo = TimeSpan.FromDays(30), LongestWindow = TimeSpan.FromDays(7);

    /// <summary>What is wrong with an order.</summary>
    public static IEnumerable<OrderFault> FaultsOf(AlertOrder order, DateTimeOffset now) => order switch
    {
        ActOrder act => FaultsOf(act),
        MissedOrder missed => FaultsOf(missed, now),
        SilenceOrder silence => FaultsOf(silence, now),
        MaintenanceOrder maintenance => FaultsOf(maintenance.Window),
        NoteOrder note => [.. ServerFaults(note.Server), .. TextFaults("note", note.Text, MaxText)],
        RuleOrder rule => RuleCheck.FaultsOf(rule.Rule).Select(fault => new OrderFault(WireOf(fault.Key), fault.Reason)),
        _ => [],
    };

    private static IEnumerable<OrderFault> FaultsOf(ActOrder act) => act.Kind switch
    {
        AlertActKind.Acknowledged => TextFaults("reason", act.Text, MaxText),
        AlertActKind.Commented => TextFaults("comment", act.Text, MaxText),
        AlertActKind.Assigned => TextFaults("to", act.Text, MaxName),
        _ => TextFaults("reason", act.Text, MaxText, least: 0),
    };

    private static IEnumerable<OrderFault> FaultsOf(MissedOrder missed, DateTimeOffset now)
    {
        foreach (var fault in ServerFaults(missed.Server)) yield return fault;
        foreach (var fault in MetricFaults(missed.Metric)) yield return fault;
        if (missed.At > now || now - missed.At > LongAgo) yield return new("at", $"{Said(missed.At)} is out of range; allowed are the last {LongAgo.TotalDays:0} days");
        foreach (var fault in TextFaults("comment", missed.Text, MaxText, least: 0)) yield return fault;
    }

    private static IEnumerable<OrderFault> FaultsOf(SilenceOrder silence, DateTimeOffset now)
    {
        if (!ServerPattern.IsValid(silence.Servers)) yield return new("servers", Words.NoPattern(silence.Servers));
        if (silence.Metric is { } metric) foreach (var fault in MetricFaults(metric)) yield return fault;
        if (silence.Until <= now || silence.Until - now > LongestSilence) yield return new("until", $"{Said(silence.Until)} is out of range; allowed is a time after now, {Said(now)}, and within {LongestSilence.TotalDays:0} days");
        foreach (var fault in TextFaults("reason", silence.Reason, MaxText)) yield return fault;
    }

    private static IEnumerable<OrderFault> FaultsOf(MaintenanceWindow window)
    {
        foreach (var fault in TextFaults("name", window.Name, MaxName)) yield return fault;
        if (!ServerPattern.IsValid(window.Servers)) yield return new("servers", Words.NoPattern(window.Servers));
        if (window.Start.Year is < 2000 or > 2100) yield return new("start", string.Create(CultureInfo.InvariantCulture, $"{window.Start:s} is out of range; allowed are the years 2000 to 2100"));
        if (window.Duration < TimeSpan.FromMinutes(1) || window.Duration > LongestWindow) yield return new("duration_minutes", string.Create(CultureInfo.InvariantCulture, $"{window.Duration.TotalMinutes:0.##} is out of range; allowed are 1 to {LongestWindow.TotalMinutes:0} minutes"));
        if (!Words.IsZone(window.TimeZone)) yield return new("time_zone", Words.NoZone(window.TimeZone));
        if (window.Rule.Length > MaxRule) yield return new("rule", $"{Words.Quoted(window.Rule)} is too long; allowed are {MaxRule} characters");
        else if (MaintenanceCalendar.FaultOf(window.Rule) is { } reason) yield return new("rule", reason);
    }

    private static IEnumerable<OrderFault> ServerFaults(string server)
    {
        if (!ServerPattern.IsValid(server) || server.Contains('*', StringComparison.Ordinal)) yield return new("server", $"{Words.Quoted(server)} is no server's name; allowed are 1 to {ServerPattern.MaxLength} of A–Z, a–z, 0–9, '.', '_', ':', '-'");
    }

    private static IEnumerable<OrderFault> MetricFaults(string metric)
    {
        if (!Measures.All.Contains(metric)) yield return new("metric", $"{Words.Quoted(metric)} is no measure; allowed are {string.Join(", ", Measures.All)}");
    }

    private static IEnumerable<OrderFault> TextFaults(string field, string text, int most, int least = 1)
    {
        var length = text.Trim().Length;
        if (length < least || length > most || text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))) yield return new(field, $"{Words.Quoted(text)} is no {field}; allowed are {least} to {most} characters that can be seen");
    }

    private static string Said(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string WireOf(string key) => string.Concat(key.Select((letter, at) => char.IsUpper(letter) ? $"{(at > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
