using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TftPortal.Notifications;

/// <summary>How messages, routes and channels' settings are kept in the database. The webhook's form, which others rely on, is written by hand and not by this.</summary>
internal static class NoticeJson
{
    private static readonly JsonSerializerOptions Kept = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Kept);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not that.</exception>
    public static T Read<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Kept) ?? throw new JsonException("null");
}
