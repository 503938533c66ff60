using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace TftPortal.Engine.Intake;

/// <summary>Shows a refused value without repeating all of it.</summary>
internal static class FaultValue
{
    private const int MaxBytes = 64;

    /// <summary>The value as JSON, at most some 64 characters of it.</summary>
    public static string Of(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Quote(Text(reader)),
        JsonTokenType.Number when IsShown(reader.ValueSpan) => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.Number => Quote(Cut(reader.ValueSpan)), // 1e400 is JSON, but many readers choke on it
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.StartObject => Quote("{…}"),
        JsonTokenType.StartArray => Quote("[…]"),
        _ => "null",
    };

    /// <summary>What kind of value it is, to begin a sentence with.</summary>
    public static string Kind(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => "text",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => "a number",
    };

    /// <summary>The text of a string, cut.</summary>
    public static string Text(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Cut(reader.ValueSpan);
        var buffer = new byte[MaxBytes * 6];
        var length = Unescape(reader, buffer);
        return Cut(length >= 0 ? buffer.AsSpan(0, length) : reader.ValueSpan);
    }

    /// <summary>Unescapes a short string or name into a buffer.</summary>
    /// <returns>The length; -1 where it is longer than the buffer, or no text (half a surrogate pair, which JSON allows).</returns>
    public static int Unescape(in Utf8JsonReader reader, byte[] buffer)
    {
        if (reader.ValueSpan.Length > buffer.Length) return -1;
        try
        {
            return reader.CopyString(buffer);
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

    private static bool IsShown(ReadOnlySpan<byte> number) =>
        number.Length <= 32 && Utf8Parser.TryParse(number, out double value, out _) && double.IsFinite(value);

    private static string Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxBytes) return Encoding.UTF8.GetString(text);
        var end = MaxBytes;
        while ((text[end] & 0xC0) == 0x80) end--;
        return Encoding.UTF8.GetString(text[..end]) + "…";
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
