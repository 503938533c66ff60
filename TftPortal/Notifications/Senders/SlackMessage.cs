using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Senders;

/// <summary>
/// A message in Slack's Block Kit: a header, the text, the facts, a button. Beside it the plain <c>text</c>, which Slack shows in its notification and compatible systems show instead of blocks.
/// Slack's limits: header 150 characters, a section 3,000, a field 2,000.
/// </summary>
internal static class SlackMessage
{
    private const int MaxHeader = 150, MaxSection = 3000, MaxFallback = 3800, MaxField = 2000;
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Notice notice, ChannelSettings settings)
    {
        var title = NoticeText.Title(notice, settings, MaxHeader);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Style);
        json.WriteStartObject();
        json.WriteString("text", Escaped($"*{title}*\n{NoticeText.Body(notice, settings, MaxSection)}", MaxFallback));
        json.WriteStartArray("blocks");
        Block(json, "header", () => Text(json, "text", "plain_text", title));
        Block(json, "section", () => Text(json, "text", "mrkdwn", Escaped(NoticeText.Body(notice, settings, MaxSection), MaxSection)));
        if (NoticeFacts.Of(notice) is { Count: > 0 } facts)
        {
            Block(json, "section", () =>
            {
                json.WriteStartArray("fields");
                foreach (var (name, value) in facts) Object(json, "mrkdwn", Escaped($"*{name}*\n{value}", MaxField));
                json.WriteEndArray();
            });
        }

        if (notice.Link is { } link)
        {
            Block(json, "actions", () =>
            {
                json.WriteStartArray("elements");
                json.WriteStartObject();
                json.WriteString("type", "button");
                Text(json, "text", "plain_text", "Open in TftPortal");
                json.WriteString("url", link);
                json.WriteEndObject();
                json.WriteEndArray();
            });
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // &, < and > begin mentions and links: a server's or a key's name must not call everybody.
    private static string Escaped(string text, int maxLength)
    {
        for (var length = maxLength; ; length -= 100)
        {
            var escaped = NoticeText.Cut(text, length).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            if (escaped.Length <= maxLength || length <= 200) return escaped;
        }
    }

    private static void Block(Utf8JsonWriter json, string type, Action inside)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        inside();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string property, string type, string text)
    {
        json.WritePropertyName(property);
        Object(json, type, text);
    }

    private static void Object(Utf8JsonWriter json, string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
