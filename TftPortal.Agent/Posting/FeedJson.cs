using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TftPortal.Agent.Readings;

namespace TftPortal.Agent.Posting;

/// <summary>Writes readings as the body of <c>POST /feed/data</c>, and reads its answers.</summary>
internal static class FeedJson
{
    /// <summary>Digits after the point: a percentage needs no more, and 15 s of uptime are 0.00017 days.</summary>
    private const int Decimals = 5;

    /// <summary>The body for a batch of one server.</summary>
    public static ReadOnlyMemory<byte> Write(string server, string? profile, IReadOnlyList<HostReading> readings)
    {
        var body = new ArrayBufferWriter<byte>(256 + (readings.Count * 512));
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("records"u8);
        foreach (var reading in readings) Write(json, server, profile, reading);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    /// <summary>The refused records that an answer names: <c>errors[]</c>, or FastAPI's <c>detail</c>.</summary>
    /// <param name="answer">The answer's body, whatever it is: an intermediary may have written it.</param>
    public static FeedReport Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return FeedReport.Empty;
            var refused = new List<RefusedRecord>();
            if (root.TryGetProperty("errors"u8, out var errors) && errors.ValueKind == JsonValueKind.Array)
                refused.AddRange(errors.EnumerateArray().Select(error => new RefusedRecord(Text(error, "index"), Text(error, "field"), Text(error, "value"), Text(error, "reason"))));
            var rejected = root.TryGetProperty("records_rejected"u8, out var count) && count.TryGetInt32(out var number) ? number : refused.Count;
            return new(rejected, refused, Detail(root));
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return FeedReport.Empty; // the status says enough
        }
    }

    private static void Write(Utf8JsonWriter json, string server, string? profile, HostReading reading)
    {
        json.WriteStartObject();
        json.WriteString("timestamp"u8, reading.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("server_name"u8, server);
        if (profile is not null) json.WriteString("profile"u8, profile);
        for (var metric = 0; metric < HostMetrics.Count; metric++)
        {
            var which = (HostMetric)metric;
            if (!reading.Has(which)) continue;
            if (which.IsCount()) json.WriteNumber(which.WireName(), (long)reading[which]);
            else json.WriteNumber(which.WireName(), Math.Round(reading[which], Decimals));
        }

        json.WriteEndObject();
    }

    private static string Detail(JsonElement root)
    {
        if (!root.TryGetProperty("detail"u8, out var detail)) return Text(root, "error");
        if (detail.ValueKind != JsonValueKind.Array) return detail.ToString();
        return string.Join("; ", detail.EnumerateArray().Select(fault => Text(fault, "msg")).Take(3));
    }

    private static string Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) ? value.ToString() : "";
}

/// <summary>A record that the portal refused.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Field">The field that the reason is about.</param>
/// <param name="Value">What stood there.</param>
/// <param name="Reason">Why it was refused.</param>
internal sealed record RefusedRecord(string Index, string Field, string Value, string Reason);

/// <summary>What an answer says beside its status.</summary>
/// <param name="Rejected">How many records were refused.</param>
/// <param name="Refused">Those that are named, 100 at most.</param>
/// <param name="Detail">The answer's own words; empty where it has none.</param>
internal sealed record FeedReport(int Rejected, IReadOnlyList<RefusedRecord> Refused, string Detail)
{
    /// <summary>An answer that says nothing.</summary>
    public static FeedReport Empty { get; } = new(0, [], "");
}
