using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Senders;

/// <summary>
/// The webhook's JSON, version 1, and its signature. Others rely on both: fields are only ever added; anything else is another version. docs/notifications.md describes it.
/// </summary>
internal static class WebhookBody
{
    public const int Version = 1;
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Notice notice)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Style);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("id", notice.Id);
        json.WriteString("event", notice.Step.WireName());
        json.WriteString("kind", notice.Kind.WireName());
        json.WriteString("key", notice.Concern);
        json.WriteString("severity", notice.Severity.WireName());
        json.WriteString("state", NoticeNames.StateName(notice.IsBreaching));
        json.WriteString("at", Text(notice.At));
        json.WriteString("started_at", Text(notice.StartedAt));
        if (notice.ResolvedAt is { } resolved) json.WriteString("resolved_at", Text(resolved));
        else json.WriteNull("resolved_at");
        json.WriteString("title", notice.Title);
        json.WriteString("message", notice.Message);
        json.WriteString("note", notice.Note);
        json.WriteString("acknowledged_by", notice.AcknowledgedBy);
        json.WriteBoolean("simulated", notice.IsSimulated);
        json.WriteStartArray("servers");
        foreach (var server in notice.Servers) json.WriteStringValue(server);
        json.WriteEndArray();
        json.WriteNumber("servers_total", notice.ServerCount);
        json.WriteStartArray("alerts");
        foreach (var alert in notice.Alerts) Write(json, alert);
        json.WriteEndArray();
        json.WriteNumber("alerts_total", notice.AlertCount);
        json.WriteString("url", notice.Link);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The signature as Standard Webhooks has it: HMAC-SHA256 of "id.timestamp.body", <c>v1,</c> and base64.</summary>
    /// <param name="secret">What is signed with: <c>whsec_</c> and base64.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="seconds">When it is sent, seconds since 1970 UTC. In the signature, so that an old message can't be sent again as a new one.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(string secret, Guid id, long seconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, WebhookSecret.KeyOf(secret)!);
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }

    private static void Write(Utf8JsonWriter json, NoticeAlert alert)
    {
        json.WriteStartObject();
        json.WriteString("id", alert.Id);
        json.WriteString("server", alert.Server);
        json.WriteString("metric", alert.Metric);
        json.WriteString("severity", alert.Severity.WireName());
        json.WriteString("state", NoticeNames.StateName(alert.IsBreaching));
        json.WriteNumber("predicted_value", Math.Round(alert.Value, 2));
        json.WriteNumber("threshold", alert.Threshold);
        json.WriteNumber("probability", Math.Round(alert.Probability, 4));
        json.WriteString("breach_at", Text(alert.BreachAt));
        json.WriteString("message", alert.Message);
        json.WriteEndObject();
    }

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
