using System.Globalization;
using System.Text.Json;

namespace TftPortal.Api.Forecasts;

/// <summary>A growing piece of JSON text. It only appends: commas and quotes are the writer's business.</summary>
internal sealed class JsonText
{
    private byte[] bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public JsonText Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
        return this;
    }

    /// <summary>Text in quotes, escaped.</summary>
    public JsonText Quoted(string text) => Add("\""u8).Add(JsonEncodedText.Encode(text, JsonStyle.Compact.Encoder).EncodedUtf8Bytes).Add("\""u8);

    /// <summary>A metric's value, short; null where there is none.</summary>
    public JsonText Value(float value)
    {
        if (!float.IsFinite(value)) return Add("null"u8);
        Length += ShortNumber.Write(Room(ShortNumber.MaxLength), value);
        return this;
    }

    /// <summary>Any number, to at most 4 decimals; null where it is none.</summary>
    public JsonText Number(double value)
    {
        if (!double.IsFinite(value)) return Add("null"u8);
        Math.Round(value, 4).TryFormat(Room(32), out var length, provider: CultureInfo.InvariantCulture);
        Length += length;
        return this;
    }

    private Span<byte> Room(int length)
    {
        if (Length + length > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + length));
        return bytes.AsSpan(Length);
    }
}
