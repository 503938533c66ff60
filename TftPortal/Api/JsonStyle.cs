using System.Text.Encodings.Web;
using System.Text.Json;

namespace TftPortal.Api;

/// <summary>How answers are written.</summary>
internal static class JsonStyle
{
    /// <summary>Compact, and only what JSON must escape is: these answers are application/json and are never put into a page as they are.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Records = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = Compact.Encoder };

    /// <summary>A record in this style, its names in snake_case.</summary>
    public static byte[] Bytes<T>(T answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Records);
}
