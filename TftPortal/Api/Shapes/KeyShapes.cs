using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace TftPortal.Api.Shapes;

/// <summary>A key to make. What is absent or null takes the default; unknown fields are refused.</summary>
internal sealed record KeyRequest
{
    /// <summary>What people call it, 1 to 64 characters; unique among the keys that are not revoked.</summary>
    [Required]
    public string? Name { get; init; }
    /// <summary>What it allows: feed, read, admin. None includes another.</summary>
    [Required]
    public IReadOnlyList<string?>? Scopes { get; init; }
    /// <summary>It feeds only servers whose names begin so; absent: any.</summary>
    public string? ServerPrefix { get; init; }
    /// <summary>How long it lives, days; absent: Keys:DefaultDays. At most Keys:MaxDays.</summary>
    public int? ExpiresInDays { get; init; }
    /// <summary>Its own limit of feed requests a minute; absent: RateLimits:FeedPerMinute.</summary>
    public int? FeedPerMinute { get; init; }
    /// <summary>Its own limit of read requests a minute and path; absent: RateLimits:ReadPerMinute.</summary>
    public int? ReadPerMinute { get; init; }
    /// <summary>Networks that it may be used from, CIDR or single addresses; absent or empty: any.</summary>
    public IReadOnlyList<string?>? Networks { get; init; }
}

/// <summary>How to rotate a key.</summary>
internal sealed record KeyRotation
{
    /// <summary>How long the old secret works beside the new one, hours, 0 to 720; absent: Keys:GraceHours.</summary>
    public double? GraceHours { get; init; }
}

/// <summary>Every key, those that no longer work included.</summary>
/// <param name="Keys">The keys, the oldest first.</param>
internal sealed record KeyList(IReadOnlyList<KeyAnswer> Keys);

/// <summary>A key with its secret, told this once.</summary>
/// <param name="Key">What to send in X-API-Key. Nothing tells it again.</param>
/// <param name="Record">The key as it is listed.</param>
internal sealed record KeyIssued(string Key, KeyAnswer Record);

/// <summary>A key, without its secret.</summary>
internal sealed record KeyAnswer
{
    /// <summary>Its public id: the 8 characters after tft_; "environment" for the one of TFT_API_KEY.</summary>
    public required string Id { get; init; }
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }
    /// <summary>What it allows.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
    /// <summary>active, expiring (within 14 days), rotating, revoked or expired.</summary>
    public required string State { get; init; }
    /// <summary>It feeds only servers whose names begin so; null: any.</summary>
    public required string? ServerPrefix { get; init; }
    /// <summary>Networks that it may be used from; empty: any.</summary>
    public required IReadOnlyList<string> Networks { get; init; }
    /// <summary>Its own limit of feed requests a minute.</summary>
    public required int? FeedPerMinute { get; init; }
    /// <summary>Its own limit of read requests a minute and path.</summary>
    public required int? ReadPerMinute { get; init; }
    /// <summary>When it was made; null for the environment's.</summary>
    public required string? CreatedAt { get; init; }
    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }
    /// <summary>When it stops working; null: never.</summary>
    public required string? ExpiresAt { get; init; }
    /// <summary>Days until then, a begun one counted whole; 0 once it has expired.</summary>
    public required int? ExpiresInDays { get; init; }
    /// <summary>When it was revoked.</summary>
    public required string? RevokedAt { get; init; }
    /// <summary>Its last request that was let through; null: none was.</summary>
    public required KeyUsed? LastUsed { get; init; }
    /// <summary>Its last request that was refused; null: none was.</summary>
    public required KeyRefused? LastRefused { get; init; }
    /// <summary>Requests let through in this hour and the 23 before.</summary>
    [JsonPropertyName("requests_24h")]
    public required int Requests24h { get; init; }
    /// <summary>Requests refused in this hour and the 23 before.</summary>
    [JsonPropertyName("refused_24h")]
    public required int Refused24h { get; init; }
    /// <summary>Its old secret, while that still works beside the new one; else null.</summary>
    public required OldSecret? OldSecret { get; init; }
}

/// <summary>A use of a key.</summary>
/// <param name="At">When.</param>
/// <param name="Address">From where.</param>
/// <param name="UserAgent">What the program calls itself.</param>
internal sealed record KeyUsed(string At, string Address, string UserAgent);

/// <summary>A use of a key that was refused.</summary>
/// <param name="At">When.</param>
/// <param name="Address">From where.</param>
/// <param name="UserAgent">What the program calls itself.</param>
/// <param name="Reason">Why.</param>
internal sealed record KeyRefused(string At, string Address, string UserAgent, string Reason);

/// <summary>The secret before the newest, while both work.</summary>
/// <param name="WorksUntil">When it ends by itself.</param>
/// <param name="UsedSinceRotation">Who has used it since there is a new one, the last first.</param>
internal sealed record OldSecret(string WorksUntil, IReadOnlyList<KeyUsed> UsedSinceRotation);
