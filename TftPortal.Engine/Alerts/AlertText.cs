using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>Says an alert in a sentence.</summary>
internal static class AlertText
{
    /// <summary>For example "web-01: memory is at 97.2 %, critical from 95 %."</summary>
    public static string Breaching(string server, Gauge gauge, Danger danger) =>
        $"{server}: {gauge.Label} is at {Value(gauge, danger.Present)}, {Word(danger.Severity)} {(gauge.IsBelow ? "down from" : "from")} {Value(gauge, danger.Threshold)}.";

    /// <summary>For example "web-01: memory predicted to reach 95 % (p90) at 04:40 UTC (04:25–05:10), probability 78 %."</summary>
    public static string Predicted(string server, Gauge gauge, Danger danger, Breach breach, (DateTimeOffset At, DateTimeOffset From, DateTimeOffset Until) at) => string.Create(CultureInfo.InvariantCulture,
        $"{server}: {gauge.Label} predicted to {(gauge.IsBelow ? "fall to" : "reach")} {Value(gauge, danger.Threshold)} (p{QuantileLevels.All[breach.Quantile] * 100:0}) at {at.At.UtcDateTime:HH:mm} UTC{Range(at.From, at.Until)}, probability {danger.Probability * 100:0} %.");

    /// <summary>For example "… Flapping: raised 4 times within 2 hours."</summary>
    public static string Flapping(string message, int times) => string.Create(CultureInfo.InvariantCulture, $"{message} Flapping: raised {times} times within 2 hours.");

    /// <summary>For example "web-01: memory is at 80 %, below 95 % again; clears if it stays so."</summary>
    public static string Quiet(string server, Gauge gauge, Danger danger) => float.IsNaN(danger.Present)
        ? $"{server}: {gauge.Label} no longer reported, and not expected to {(gauge.IsBelow ? "fall to" : "reach")} {Value(gauge, danger.Threshold)}; clears if it stays so."
        : $"{server}: {gauge.Label} is at {Value(gauge, danger.Present)}, {(gauge.IsBelow ? "above" : "below")} {Value(gauge, danger.Threshold)} again; clears if it stays so.";

    private static string Range(DateTimeOffset from, DateTimeOffset until) =>
        from == until ? "" : string.Create(CultureInfo.InvariantCulture, $" ({from.UtcDateTime:HH:mm}–{until.UtcDateTime:HH:mm})");

    private static string Word(AlertSeverity severity) => severity == AlertSeverity.Critical ? "critical" : "a warning";

    private static string Value(Gauge gauge, float value) => Shown(gauge, gauge.Shown(value));

    /// <summary>A value as a person sees it, with its unit.</summary>
    public static string Shown(Gauge gauge, double value)
    {
        var number = value.ToString("0.#", CultureInfo.InvariantCulture);
        return gauge.Unit.Length == 0 ? number : $"{number} {gauge.Unit}";
    }
}
