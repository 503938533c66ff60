using System.Globalization;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;

namespace TftPortal.Api;

/// <summary><c>/api/keys</c>: keys made, listed, rotated and revoked by programs, with the scope admin.</summary>
internal sealed class Keys(KeyStore store, KeyRing ring, KeyOrderCheck check, TimeProvider clock)
{
    private const double MaxGraceHours = 720;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").RequireKey(ApiScopes.Admin).WithTags("Keys")
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(ApiError), [JsonAnswer.ContentType]))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(RateLimited), [JsonAnswer.ContentType]));
        keys.MapGet("", (HttpContext http, Keys api) => api.ListAsync(http))
            .WithSummary("List keys")
            .WithDescription("Every key with its use; those that were revoked or have expired stay listed. Use is counted in memory and survives a restart but for the last 30 seconds before a crash.")
            .Produces<KeyList>();
        keys.MapPost("", (HttpContext http, Keys api) => api.CreateAsync(http))
            .WithSummary("Make a key")
            .WithDescription("The answer tells the key; nothing tells it again.")
            .Accepts<KeyRequest>(JsonAnswer.ContentType)
            .Produces<KeyIssued>(StatusCodes.Status201Created)
            .Produces<ApiError>(StatusCodes.Status409Conflict)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        keys.MapPost("/{id}/rotate", (HttpContext http, string id, Keys api) => api.RotateAsync(http, id))
            .WithSummary("Rotate a key")
            .WithDescription("Makes a new secret, which works at once. The old one works on for the grace, so that no agent is ever without one; old_secret of the list says who still uses it.")
            .Accepts<KeyRotation>(isOptional: true, JsonAnswer.ContentType)
            .Produces<KeyIssued>()
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict)
            .Produces<ValidationError>(StatusCodes.Status422UnprocessableEntity);
        keys.MapPost("/{id}/end-grace", (HttpContext http, string id, Keys api) => api.EndGraceAsync(http, id))
            .WithSummary("End a key's old secret now")
            .WithDescription("The next request with it is refused.")
            .Produces<KeyAnswer>()
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict);
        keys.MapDelete("/{id}", (HttpContext http, string id, Keys api) => api.RevokeAsync(http, id))
            .WithSummary("Revoke a key")
            .WithDescription("For ever, with all its secrets: the next request with it is refused. It stays listed.")
            .Produces<KeyAnswer>()
            .Produces<ApiError>(StatusCodes.Status404NotFound)
            .Produces<ApiError>(StatusCodes.Status409Conflict);
    }

    private Task ListAsync(HttpContext http)
    {
        var now = clock.GetUtcNow();
        return AdminJson.AnswerAsync(http, StatusCodes.Status200OK, new KeyList([.. ring.Keys.Select(held => KeyJson.Answer(held, now))]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (await AdminJson.ReadAsync<KeyRequest>(http) is not { } request) return;
        var (order, faults) = check.Check(new()
        {
            Name = request.Name,
            Scopes = request.Scopes,
            ServerPrefix = request.ServerPrefix,
            ExpiresInDays = request.ExpiresInDays,
            FeedPerMinute = request.FeedPerMinute,
            ReadPerMinute = request.ReadPerMinute,
            Networks = request.Networks,
        });
        if (order is null) await AdminJson.RefuseAsync(http, faults.Select(fault => (fault.Field, fault.Reason)));
        else await AnswerAsync(http, StatusCodes.Status201Created, await store.CreateAsync(order, AdminJson.By(http), http.RequestAborted));
    }

    private async Task RotateAsync(HttpContext http, string id)
    {
        if (await AdminJson.ReadAsync<KeyRotation>(http, mayBeEmpty: true) is not { } rotation) return;
        if (rotation.GraceHours is < 0 or > MaxGraceHours) await AdminJson.RefuseAsync(http, [("grace_hours", string.Create(CultureInfo.InvariantCulture, $"{rotation.GraceHours} is out of range; allowed are 0 to {MaxGraceHours} hours"))]);
        else if (id == ApiKey.EnvironmentId) await RefuseEnvironmentAsync(http);
        else await AnswerAsync(http, StatusCodes.Status200OK, await store.RotateAsync(id, rotation.GraceHours is { } hours ? TimeSpan.FromHours(hours) : null, AdminJson.By(http), http.RequestAborted));
    }

    private async Task EndGraceAsync(HttpContext http, string id)
    {
        if (id == ApiKey.EnvironmentId) await RefuseEnvironmentAsync(http);
        else await AnswerAsync(http, StatusCodes.Status200OK, await store.EndGraceAsync(id, AdminJson.By(http), http.RequestAborted));
    }

    private async Task RevokeAsync(HttpContext http, string id)
    {
        if (id == ApiKey.EnvironmentId) await RefuseEnvironmentAsync(http);
        else await AnswerAsync(http, StatusCodes.Status200OK, await store.RevokeAsync(id, AdminJson.By(http), http.RequestAborted));
    }

    private Task AnswerAsync(HttpContext http, int status, KeyChange change)
    {
        if (change.Problem is { } problem) return AdminJson.AnswerAsync(http, change.IsUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, new ApiError(problem));
        var record = KeyJson.Answer(change.Held!, clock.GetUtcNow());
        return change.Text is { } text ? AdminJson.AnswerAsync(http, status, new KeyIssued(text, record)) : AdminJson.AnswerAsync(http, status, record);
    }

    private static Task RefuseEnvironmentAsync(HttpContext http) =>
        AdminJson.AnswerAsync(http, StatusCodes.Status409Conflict, new ApiError("This key is the one of TFT_API_KEY: set another there, or none, and start the portal again."));
}
