using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>What a page says of an alert.</summary>
public static class AlertWords
{
    /// <summary>A predicted breach is told here with the browser's time beside it; the engine's own sentence names UTC.</summary>
    public static string Says(Alert alert) => alert.State == AlertState.Predicted
        ? $"{Names.OfMeasure(alert.Metric)} is expected to reach {Figures.OfMeasure(alert.Metric, alert.Threshold)}"
        : Sentence(alert.Message.StartsWith(alert.Server + ": ", StringComparison.Ordinal) ? alert.Message[(alert.Server.Length + 2)..] : alert.Message);

    /// <summary>A level in the marks of the page.</summary>
    public static RiskLevel Level(AlertSeverity severity) => severity == AlertSeverity.Critical ? RiskLevel.Critical : RiskLevel.Warning;

    /// <summary>How bad, in a word.</summary>
    public static string Word(AlertSeverity severity) => severity == AlertSeverity.Critical ? "Critical" : "Warning";

    /// <summary>Somebody without what kind of somebody it is: "anna@example.com" of "user anna@example.com".</summary>
    public static string Who(string name) => name.StartsWith("user ", StringComparison.Ordinal) ? name[5..] : name;

    /// <summary>What somebody did, to be followed by when: "anna@example.com took it: I am on it."</summary>
    public static string Did(AlertAct act) => $"{Who(act.By)} {Verb(act)}{(act.Text.Length > 0 && act.Kind is not AlertActKind.Assigned ? $": {act.Text}" : "")}";

    private static string Verb(AlertAct act) => act.Kind switch
    {
        AlertActKind.Acknowledged => "took it",
        AlertActKind.Unacknowledged => "gave it back",
        AlertActKind.Assigned => $"assigned it to {act.Text}",
        AlertActKind.Unassigned => "made it nobody's",
        AlertActKind.Commented => "said",
        AlertActKind.FalseAlarm => "called it a false alarm",
        _ => "called it real",
    };

    private static string Sentence(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
