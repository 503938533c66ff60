using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Notifications.Senders;

/// <summary>
/// Prometheus Alertmanager, <c>POST /api/v2/alerts</c>. An alert is its labels there, so that what may change stands in annotations; the severity, which its routes go by, is a label all the same,
/// and where it changes the alert of the other severity is ended with the same request. While it stands it ends in four repetitions, each of which moves its end on.
/// </summary>
internal sealed class AlertmanagerSender(PostClient client, IOptions<NotificationOptions> options, TimeProvider clock) : IChannelSender
{
    private const string Path = "/api/v2/alerts";
    private const int MaxText = 4000;
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ChannelKind Kind => ChannelKind.Alertmanager;

    public Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, Notice notice, CancellationToken stop) => SendAsync(settings, secrets, [notice], stop);

    /// <summary>Sends several in one request.</summary>
    public Task<Outcome> SendAsync(ChannelSettings settings, ChannelSecrets secrets, IReadOnlyList<Notice> notices, CancellationToken stop) => client.PostAsync(
        settings.Url!.TrimEnd('/') + Path, Write(notices, settings, clock.GetUtcNow(), TimeSpan.FromSeconds(4 * options.Value.AlertmanagerSeconds)),
        request =>
        {
            if (settings.UserName is { } user) request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secrets.Password}")));
        },
        status => status == HttpStatusCode.BadRequest, stop);

    /// <summary>The body.</summary>
    public static byte[] Write(IReadOnlyList<Notice> notices, ChannelSettings settings, DateTimeOffset now, TimeSpan stands)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Style);
        json.WriteStartArray();
        foreach (var notice in notices)
        {
            var end = notice.ResolvedAt ?? now + stands;
            Alert(json, notice, settings, notice.Severity, notice.StartedAt, end < notice.StartedAt ? notice.StartedAt : end);
            // It may have been told with the other severity. Ending what never was does no harm.
            if (notice.Step is NoticeStep.Escalated or NoticeStep.Resolved) Alert(json, notice, settings, 1 - notice.Severity, notice.StartedAt, now < notice.StartedAt ? notice.StartedAt : now);
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Alert(Utf8JsonWriter json, Notice notice, ChannelSettings settings, AlertSeverity severity, DateTimeOffset start, DateTimeOffset end)
    {
        json.WriteStartObject();
        json.WriteString("startsAt", Text(start));
        json.WriteString("endsAt", Text(end));
        json.WriteStartObject("labels");
        json.WriteString("alertname", notice.Kind switch { NoticeKind.Incident => "TftIncident", NoticeKind.KeyExpiry => "TftKeyExpiry", NoticeKind.Portal => "TftPortal", _ => "TftTest" });
        json.WriteString("key", notice.Concern);
        json.WriteString("severity", severity.WireName());
        json.WriteString("source", "tft-portal");
        json.WriteEndObject();
        json.WriteStartObject("annotations");
        json.WriteString("summary", NoticeText.Title(notice, settings with { TitleTemplate = settings.TitleTemplate ?? "{title}" }, MaxText));
        json.WriteString("description", NoticeText.Body(notice, settings, MaxText));
        if (notice.ServerCount > 0) json.WriteString("servers", string.Join(", ", notice.Servers));
        if (notice.Kind == NoticeKind.Incident) json.WriteString("state", NoticeNames.StateName(notice.IsBreaching));
        json.WriteEndObject();
        if (notice.Link is { } link) json.WriteString("generatorURL", link);
        json.WriteEndObject();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
