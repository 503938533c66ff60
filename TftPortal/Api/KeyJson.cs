using System.Text.Json;
using System.Text.Json.Serialization;
using TftPortal.Access.ApiKeys;
using TftPortal.Api.Shapes;

namespace TftPortal.Api;

/// <summary>How keys are shown and asked for in JSON.</summary>
internal static class KeyJson
{
    // Strict: no field that is none of ours, none twice, none missing. A misspelt expires_in_days must not make a key that lives a year.
    private static readonly JsonSerializerOptions Read = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="JsonException">It is not that; its path tells where.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> body, JsonSerializerOptions? form = null)
        where T : class => JsonSerializer.Deserialize<T>(body, form ?? Read) ?? throw new JsonException("null", "$", null, null);

    public static KeyAnswer Answer(HeldKey held, DateTimeOffset now)
    {
        var key = held.Key;
        var callers = held.Use.Callers;
        var (requests, refused) = held.Use.InDay(now);
        var used = callers.Where(caller => caller.LastAt is not null).MaxBy(caller => caller.LastAt);
        var turnedAway = callers.Where(caller => caller.RefusedAt is not null).MaxBy(caller => caller.RefusedAt);
        var isDated = key.ExpiresAt is not null;
        return new()
        {
            Id = key.Id,
            Name = key.Name,
            Scopes = ScopeNames.Of(key.Scopes),
            State = Name(key.StateAt(now)),
            ServerPrefix = key.ServerPrefix,
            Networks = [.. key.Networks.Select(network => network.ToString())],
            FeedPerMinute = key.FeedPerMinute,
            ReadPerMinute = key.ReadPerMinute,
            CreatedAt = isDated ? Timestamps.Text(key.CreatedAt) : null,
            CreatedBy = key.CreatedBy,
            ExpiresAt = key.ExpiresAt is { } end ? Timestamps.Text(end) : null,
            ExpiresInDays = key.ExpiresAt is { } last ? Math.Max(0, (int)Math.Ceiling((last - now).TotalDays)) : null,
            RevokedAt = key.RevokedAt is { } revoked ? Timestamps.Text(revoked) : null,
            LastUsed = used is null ? null : Used(used),
            LastRefused = turnedAway is null ? null : new(Timestamps.Text(turnedAway.RefusedAt!.Value), turnedAway.Address, turnedAway.UserAgent, RefusalWords.Of(turnedAway.Reason)),
            Requests24h = requests,
            Refused24h = refused,
            OldSecret = key.RevokedAt is null && key.OldSecretAt(now) is { } old ? Old(old, key.Secrets[0].IssuedAt, callers) : null,
        };
    }

    private static OldSecret Old(KeySecret old, DateTimeOffset rotatedAt, IEnumerable<KeyCaller> callers) =>
        new(Timestamps.Text(old.EndsAt!.Value), [.. callers.Where(caller => caller.Secret == old.Number && caller.LastAt >= rotatedAt).OrderByDescending(caller => caller.LastAt).Select(Used)]);

    private static KeyUsed Used(KeyCaller caller) => new(Timestamps.Text(caller.LastAt!.Value), caller.Address, caller.UserAgent);

    private static string Name(KeyState state) => state switch
    {
        KeyState.Active => "active",
        KeyState.Expiring => "expiring",
        KeyState.Rotating => "rotating",
        KeyState.Revoked => "revoked",
        _ => "expired",
    };
}
