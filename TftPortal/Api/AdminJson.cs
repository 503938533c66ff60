using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;

namespace TftPortal.Api;

/// <summary>How what admins' programs send is read, and how they are answered.</summary>
internal static class AdminJson
{
    private const int MaxBody = 16 * 1024;

    /// <summary>Who asks, for the audit.</summary>
    public static KeyActor By(HttpContext http) =>
        new(KeyActor.NameOf(http.Features.GetRequiredFeature<ApiKey>()), http.Connection.RemoteIpAddress?.ToString() ?? "unknown");

    /// <summary>Reads the body; null where it was answered what is wrong with it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="mayBeEmpty">Whether no body is one without fields.</param>
    /// <param name="form">How it is read; <see cref="KeyJson"/>'s where nothing is said.</param>
    public static async Task<T?> ReadAsync<T>(HttpContext http, bool mayBeEmpty = false, JsonSerializerOptions? form = null)
        where T : class, new()
    {
        var body = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length <= MaxBody) continue;
            await AnswerAsync(http, StatusCodes.Status413PayloadTooLarge, new ApiError(string.Create(CultureInfo.InvariantCulture, $"The body is larger than {MaxBody} bytes.")));
            return null;
        }

        if (body.Length == 0 && mayBeEmpty) return new();
        try
        {
            return KeyJson.Parse<T>(body.GetBuffer().AsSpan(0, (int)body.Length), form);
        }
        catch (JsonException wrong)
        {
            await RefuseAsync(http, [(wrong.Path?.TrimStart('$', '.') ?? "", $"not a {typeof(T).Name} in JSON, as the OpenAPI document has it; unknown and repeated fields are refused")]);
            return null;
        }
    }

    /// <summary>422, with every field that is wrong.</summary>
    public static Task RefuseAsync(HttpContext http, IEnumerable<(string Field, string Reason)> faults) =>
        AnswerAsync(http, StatusCodes.Status422UnprocessableEntity, new ValidationError([.. faults.Select(fault => new ValidationFault([Text("body"), Text(fault.Field)], fault.Reason, "value_error"))]));

    public static Task AnswerAsync<T>(HttpContext http, int status, T answer)
    {
        http.Response.Headers.CacheControl = "no-store"; // a key may be in it
        return JsonAnswer.WriteAsync(http, status, JsonStyle.Bytes(answer));
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);
}
