using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Senders;

/// <summary>An Adaptive Card 1.4 as a Teams workflow ("When a Teams webhook request is received") takes it. Teams refuses more than 28 KB.</summary>
internal static class TeamsCard
{
    private const int MaxTitle = 300, MaxText = 5000;
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Notice notice, ChannelSettings settings)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Style);
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteNull("contentUrl");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartObject("msteams");
        json.WriteString("width", "Full");
        json.WriteEndObject();
        json.WriteStartArray("body");
        TextBlock(json, Plain(NoticeText.Title(notice, settings, MaxTitle)), isTitle: true, Colour(notice));
        foreach (var line in NoticeText.Body(notice, settings, MaxText).Split('\n')) TextBlock(json, Plain(line), isTitle: false, null); // one block a line: Markdown would join them
        if (NoticeFacts.Of(notice) is { Count: > 0 } facts) FactSet(json, facts);
        json.WriteEndArray();
        if (notice.Link is { } link)
        {
            json.WriteStartArray("actions");
            json.WriteStartObject();
            json.WriteString("type", "Action.OpenUrl");
            json.WriteString("title", "Open in TftPortal");
            json.WriteString("url", link);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void FactSet(Utf8JsonWriter json, IReadOnlyList<(string Name, string Value)> facts)
    {
        json.WriteStartObject();
        json.WriteString("type", "FactSet");
        json.WriteStartArray("facts");
        foreach (var (name, value) in facts)
        {
            json.WriteStartObject();
            json.WriteString("title", name);
            json.WriteString("value", Plain(value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Colour(Notice notice) => notice.Kind == NoticeKind.Summary ? "accent" : notice.Step == NoticeStep.Resolved ? "good" : notice.Severity == Engine.Fleet.AlertSeverity.Critical ? "attention" : "warning";

    private static void TextBlock(Utf8JsonWriter json, string text, bool isTitle, string? colour)
    {
        json.WriteStartObject();
        json.WriteString("type", "TextBlock");
        json.WriteString("text", text);
        json.WriteBoolean("wrap", true);
        if (isTitle)
        {
            json.WriteString("size", "medium");
            json.WriteString("weight", "bolder");
            json.WriteString("color", colour);
        }

        json.WriteEndObject();
    }

    // Cards read Markdown: a name must not become a link or a heading.
    private static string Plain(string text)
    {
        var plain = text;
        foreach (var mark in (ReadOnlySpan<string>)["\\", "*", "_", "[", "]", "`", "#", "<"]) plain = plain.Replace(mark, $"\\{mark}", StringComparison.Ordinal);
        return plain;
    }
}
