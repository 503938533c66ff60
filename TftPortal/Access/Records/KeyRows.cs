namespace TftPortal.Access.Records;

/// <summary>A key, as it is kept.</summary>
internal sealed class KeyRow
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The scopes' names, separated by commas.</summary>
    public required string Scopes { get; init; }

    public string? ServerPrefix { get; init; }

    /// <summary>Networks as CIDR, separated by commas; empty where any.</summary>
    public required string Networks { get; init; }

    public int? FeedPerMinute { get; init; }
    public int? ReadPerMinute { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    public List<SecretRow> Secrets { get; init; } = [];
}

/// <summary>What one secret of a key is recognised by.</summary>
internal sealed class SecretRow
{
    public required string KeyId { get; init; }
    public required int Number { get; init; }

    /// <summary>HMAC-SHA256 of the whole key with the pepper.</summary>
    public required byte[] Digest { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? EndsAt { get; set; }
}

/// <summary>Who used a secret, and from where. Written in the background.</summary>
internal sealed class CallerRow
{
    public required string KeyId { get; init; }
    public required int Secret { get; init; }
    public required string Address { get; init; }
    public required string UserAgent { get; init; }
    public required long Requests { get; init; }
    public required DateTimeOffset? LastAt { get; init; }
    public required DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Why the last refused request was refused; null where none was.</summary>
    public required string? Reason { get; init; }
}

/// <summary>How often a key was used in an hour. Written in the background.</summary>
internal sealed class HourRow
{
    public required string KeyId { get; init; }

    /// <summary>Hours since 1970 UTC.</summary>
    public required long Hour { get; init; }

    public required int Requests { get; init; }
    public required int Refused { get; init; }
}

/// <summary>The one row that every change of keys moves on, so that a portal notices what the command changed.</summary>
internal sealed class RingRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>One more with each change.</summary>
    public long Version { get; set; }

    /// <summary>Which pepper the digests were made with.</summary>
    public required string PepperMark { get; init; }
}
