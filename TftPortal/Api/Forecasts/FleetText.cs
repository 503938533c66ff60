using System.Buffers;
using System.Text.Json;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api.Forecasts;

/// <summary>What follows the servers in the answer: alerts, environment, summary, metadata.</summary>
internal static class FleetText
{
    private const string Device = "cpu"; // ONNX Runtime runs on it alone

    /// <summary>The alerts, as the elements of a list.</summary>
    public static byte[] Alerts(IEnumerable<Alert> alerts)
    {
        var list = Write(json =>
        {
            json.WriteStartArray();
            foreach (var alert in alerts) AlertJson.Write(json, alert);
            json.WriteEndArray();
        });
        return list[1..^1];
    }

    /// <summary>The fleet as a whole, from <c>"environment"</c> to the end of the answer.</summary>
    public static byte[] Tail(FleetOutlook picture, TimeZoneInfo zone)
    {
        var text = Write(json =>
        {
            json.WriteStartObject();
            WriteEnvironment(json, picture);
            WriteSummary(json, picture);
            WriteMetadata(json, picture, zone);
            json.WriteEndObject();
        });
        return text[1..];
    }

    private static void WriteEnvironment(Utf8JsonWriter json, FleetOutlook picture)
    {
        var health = picture.Health;
        var (soon, later) = (Math.Round(health.ProbabilityIn30Minutes, 4), Math.Round(health.ProbabilityIn8Hours, 4));
        json.WriteStartObject("environment");
        json.WriteNumber("prob_30m", soon);
        json.WriteNumber("prob_8h", later);
        json.WriteNumber("incident_probability_30m", soon);
        json.WriteNumber("incident_probability_8h", later);
        json.WriteNumber("high_risk_servers", health.HighRiskServers);
        json.WriteNumber("total_servers", picture.Servers.Length);
        json.WriteString("fleet_health", health.Health);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, FleetOutlook picture)
    {
        Span<int> levels = stackalloc int[4];
        var (sum, highest) = (0.0, 0.0);
        foreach (var server in picture.Servers)
        {
            levels[(int)server.Risk.Level]++;
            sum += server.Risk.Value;
            highest = Math.Max(highest, server.Risk.Value);
        }

        json.WriteStartObject("summary");
        json.WriteNumber("total_servers", picture.Servers.Length);
        json.WriteNumber("critical_count", levels[(int)RiskLevel.Critical]);
        json.WriteNumber("warning_count", levels[(int)RiskLevel.Warning]);
        json.WriteNumber("degrading_count", levels[(int)RiskLevel.Degrading]);
        json.WriteNumber("healthy_count", levels[(int)RiskLevel.Healthy]);
        json.WriteNumber("avg_risk_score", picture.Servers.IsEmpty ? 0 : Math.Round(sum / picture.Servers.Length, 1));
        json.WriteNumber("max_risk_score", Math.Round(highest, 1));
        json.WriteStartArray("top_5_risks");
        foreach (var server in picture.Servers.Take(5)) json.WriteStringValue(server.Server.Name);
        json.WriteEndArray();
        json.WriteNumber("active_alerts", picture.Alerts.Length);
        json.WriteNumber("simulated_count", picture.Servers.Count(server => server.Server.IsSimulated));
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, FleetOutlook picture, TimeZoneInfo zone)
    {
        json.WriteStartObject("metadata");
        json.WriteString("model_type", ModelType(picture));
        json.WriteString("model_version", picture.ModelVersion);
        json.WriteString("prediction_time", Timestamps.OldText(picture.Time, zone));
        json.WriteString("prediction_time_utc", Timestamps.Text(picture.Time));
        json.WriteNumber("horizon_steps", picture.HorizonSteps);
        json.WriteNumber("step_seconds", picture.Grid.StepSeconds);
        json.WriteString("first_step", Timestamps.Text(picture.Grid.StartOf(picture.FirstStep)));
        json.WriteNumber("input_points", picture.Counts.Records);
        json.WriteString("device", Device);
        json.WriteEndObject();
    }

    private static string ModelType(FleetOutlook picture)
    {
        var byNetwork = picture.Servers.Count(server => server.Forecast.ModelType == ForecastSource.Tft);
        return byNetwork == 0 ? "baseline" : byNetwork == picture.Servers.Length ? "TFT" : "mixed";
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, JsonStyle.Compact)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
