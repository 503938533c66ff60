using System.Text.Json;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api;

/// <summary>Writes an alert: the old daemon's fields first, ours after them.</summary>
internal static class AlertJson
{
    public static void Write(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("server", alert.Server);
        json.WriteString("metric", alert.Metric);
        json.WriteString("severity", alert.Severity == AlertSeverity.Critical ? "critical" : "warning");
        json.WriteNumber("predicted_value", Math.Round(alert.PredictedValue, 2));
        json.WriteNumber("threshold", alert.Threshold);
        json.WriteNumber("steps_ahead", alert.StepsAhead);
        json.WriteNumber("minutes_ahead", alert.MinutesAhead);
        json.WriteString("message", alert.Message);
        json.WriteString("id", alert.Id);
        json.WriteString("state", alert.State == AlertState.Breaching ? "breaching" : "predicted");
        json.WriteString("started_at", Timestamps.Text(alert.StartedAt));
        json.WriteString("breach_at", Timestamps.Text(alert.BreachAt));
        json.WriteString("breach_from", Timestamps.Text(alert.BreachFrom));
        json.WriteString("breach_until", Timestamps.Text(alert.BreachUntil));
        json.WriteNumber("raised_times", alert.RaisedTimes);
        json.WriteNumber("probability", Math.Round(alert.Probability, 4));
        json.WriteString("model_version", alert.ModelVersion);
        json.WriteString("acknowledged_by", alert.AcknowledgedBy);
        WriteTime(json, "acknowledged_at", alert.AcknowledgedAt);
        json.WriteString("acknowledge_reason", alert.AcknowledgeReason);
        json.WriteString("assigned_to", alert.AssignedTo);
        json.WriteString("incident_id", alert.IncidentId);
        WriteTime(json, "silenced_until", alert.SilencedUntil);
        json.WriteString("silenced_by", alert.SilencedBy);
        json.WriteString("maintenance", alert.Maintenance);
        WriteTime(json, "quiet_until", alert.QuietUntil);
        json.WriteBoolean("false_alarm", alert.IsFalseAlarm);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known) json.WriteString(name, Timestamps.Text(known));
        else json.WriteNull(name);
    }
}
