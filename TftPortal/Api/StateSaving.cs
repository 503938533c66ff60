using System.Buffers;
using System.Text.Json;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Api.Shapes;
using TftPortal.Engine.State;

namespace TftPortal.Api;

/// <summary><c>POST /admin/state/save</c>: the window on disk, now.</summary>
internal static class StateSaving
{
    public const string Path = "/admin/state/save";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (HttpContext http, StateKeeper keeper, ActNotes notes) => SaveAsync(http, keeper, notes))
            .RequireKey(ApiScopes.Feed | ApiScopes.Read, or: ApiScopes.Admin)
            .WithTags("State")
            .WithSummary("Save the state now")
            .WithDescription("Writes a new generation of the state file and answers once it is on disk. Asks for a key that may both feed and read, or for an admin's.")
            .Produces<GenerationShape>()
            .Produces<ApiError>(StatusCodes.Status403Forbidden)
            .Produces<RateLimited>(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task SaveAsync(HttpContext http, StateKeeper keeper, ActNotes notes)
    {
        try
        {
            var saved = await keeper.SaveNow(http.RequestAborted);
            await notes.TryWriteAsync(By(http), "state.saved", $"generation {saved.Number}", $"{saved.Records} readings of {saved.Servers} servers");
            await JsonAnswer.WriteAsync(http, StatusCodes.Status200OK, Answer(saved));
        }
        catch (StateNotSavedException failed)
        {
            await Problems.UnavailableAsync(http, failed.Message);
        }
        catch (OperationCanceledException)
        {
            if (!http.RequestAborted.IsCancellationRequested) await Problems.UnavailableAsync(http, "The portal is stopping, and saves the state as it does.");
        }
    }

    private static KeyActor By(HttpContext http) =>
        new(http.Features.Get<ApiKey>() is { } key ? KeyActor.NameOf(key) : "this machine", http.Connection.RemoteIpAddress?.ToString() ?? "unknown");

    private static ReadOnlyMemory<byte> Answer(SavedGeneration saved)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonStyle.Compact)) StateJson.Write(json, saved);
        return buffer.WrittenMemory;
    }
}
