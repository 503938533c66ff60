using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>Says an alert in a sentence.</summary>
internal static class AlertText
{
    /// <summary>For example "web-01: memory is at 97.2 %, critical from 95 %."</summary>
    public static string Breaching(string server, Gauge gauge, Danger danger) =>
        $"{server}: {gauge.Label} is at {Value(gauge, danger.Present)}, {Word(danger.Severity)} from {Value(gauge, danger.Threshold)}.";

    /// <summary>For example "web-01: memory predicted to reach 95 % (p90) at 04:40 UTC, probability 78 %."</summary>
    public static string Predicted(string server, Gauge gauge, Danger danger, Breach breach, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture,
        $"{server}: {gauge.Label} predicted to reach {Value(gauge, danger.Threshold)} (p{QuantileLevels.All[breach.Quantile] * 100:0}) at {at.UtcDateTime:HH:mm} UTC, probability {danger.Probability * 100:0} %.");

    /// <summary>For example "web-01: memory is at 80 %, below 95 % again; clears if it stays so."</summary>
    public static string Quiet(string server, Gauge gauge, Danger danger) => float.IsNaN(danger.Present)
        ? $"{server}: {gauge.Label} no longer reported, and not expected to reach {Value(gauge, danger.Threshold)}; clears if it stays so."
        : $"{server}: {gauge.Label} is at {Value(gauge, danger.Present)}, below {Value(gauge, danger.Threshold)} again; clears if it stays so.";

    private static string Word(AlertSeverity severity) => severity == AlertSeverity.Critical ? "critical" : "a warning";

    private static string Value(Gauge gauge, float value)
    {
        var number = value.ToString("0.#", CultureInfo.InvariantCulture);
        return gauge.Unit.Length == 0 ? number : $"{number} {gauge.Unit}";
    }
}
