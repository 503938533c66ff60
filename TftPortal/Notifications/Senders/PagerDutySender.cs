using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>PagerDuty's Events API v2: trigger, acknowledge and resolve, with the concern as dedup_key. Its limits: summary 1,024 characters, dedup_key 255, an event 512 KB.</summary>
internal sealed class PagerDutySender(PostClient client) : IChannelSender
{
    private const int MaxSummary = 1024, MaxKey = 255;
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ChannelKind Kind => ChannelKind.Pagerduty;

    public Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop) =>
        client.PostAsync(settings.Url!, Write(notice, settings, secrets.RoutingKey!), _ => { }, status => status == HttpStatusCode.BadRequest, stop);

    /// <summary>The body.</summary>
    public static byte[] Write(Notice notice, ChannelSettings settings, string routingKey)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Style);
        json.WriteStartObject();
        json.WriteString("routing_key", routingKey);
        json.WriteString("event_action", notice.Step switch { NoticeStep.Acknowledged => "acknowledge", NoticeStep.Resolved => "resolve", _ => "trigger" });
        json.WriteString("dedup_key", NoticeText.Cut($"tft:{notice.Concern}", MaxKey));
        json.WriteStartObject("payload");
        json.WriteString("summary", NoticeText.Title(notice, settings with { TitleTemplate = settings.TitleTemplate ?? "{title}" }, MaxSummary));
        json.WriteString("source", notice.Servers is [var first, ..] ? first : "tft-portal");
        json.WriteString("severity", notice.Kind == NoticeKind.Test ? "info" : notice.Severity == AlertSeverity.Critical ? "critical" : "warning");
        json.WriteString("timestamp", notice.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("component", "tft-portal");
        json.WriteString("class", notice.Kind.WireName());
        json.WriteStartObject("custom_details");
        json.WriteString("message", notice.Message);
        if (notice.Note is { } note) json.WriteString("note", note);
        json.WriteString("state", NoticeNames.StateName(notice.IsBreaching));
        json.WriteString("servers", NoticeText.Servers(notice));
        json.WriteNumber("servers_total", notice.ServerCount);
        json.WriteStartArray("alerts");
        foreach (var alert in notice.Alerts) json.WriteStringValue(alert.Message);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("client", "TftPortal");
        if (notice.Link is { } link)
        {
            json.WriteString("client_url", link);
            json.WriteStartArray("links");
            json.WriteStartObject();
            json.WriteString("href", link);
            json.WriteString("text", "Open in TftPortal");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
