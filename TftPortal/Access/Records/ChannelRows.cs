namespace TftPortal.Access.Records;

/// <summary>A channel of notifications, as it is kept, and how its deliveries go.</summary>
internal sealed class ChannelRow
{
    public required string Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Its kind's name on the wire.</summary>
    public required string Kind { get; init; }

    /// <summary>What may be shown of it, JSON. Never a secret.</summary>
    public required string Settings { get; set; }

    /// <summary>What must not, protected by DataProtection.</summary>
    public required string Secrets { get; set; }

    public required bool IsEnabled { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it last took something; null where it never did.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When it last did not; null where it always did.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why it last did not. Never a secret.</summary>
    public string? Fault { get; set; }

    /// <summary>How often in a row it did not; 0 after a delivery.</summary>
    public int Failures { get; set; }
}

/// <summary>Which concerns go to which channel.</summary>
internal sealed class RouteRow
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required string ChannelId { get; set; }

    /// <summary>Where it escalates to; null where nowhere.</summary>
    public string? EscalateToId { get; set; }

    /// <summary>What it lets through, and how often, JSON.</summary>
    public required string Rules { get; set; }

    public required bool IsEnabled { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
}

/// <summary>What a channel was told of a concern that stands. It goes when the end is told.</summary>
internal sealed class ToldRow
{
    public required string ChannelId { get; init; }

    /// <summary>For example <c>incident:0197…</c>.</summary>
    public required string Concern { get; init; }

    /// <summary>0 warning, 1 critical.</summary>
    public required int Severity { get; set; }

    public required bool IsAcknowledged { get; set; }

    /// <summary>Whether its end is told too.</summary>
    public required bool WithResolved { get; init; }

    public required DateTimeOffset ToldAt { get; set; }

    /// <summary>When the last message of it was queued.</summary>
    public required DateTimeOffset LastAt { get; set; }

    /// <summary>The last message, JSON: what the end is told from.</summary>
    public required string Notice { get; set; }
}

/// <summary>A message on its way to a channel, or one that has arrived or never will. By <see cref="Number"/> is the order.</summary>
internal sealed class DeliveryRow
{
    public const string Queued = "queued";
    public const string Sent = "sent";
    public const string Dead = "dead";

    public long Number { get; init; }

    /// <summary>The same with every attempt, so that a receiver can tell one that comes twice.</summary>
    public required Guid Id { get; init; }

    public required string ChannelId { get; init; }
    public required string Concern { get; init; }

    /// <summary>The message, JSON. Never a secret.</summary>
    public required string Notice { get; init; }

    /// <summary>One of the three above.</summary>
    public required string State { get; set; }

    public required DateTimeOffset QueuedAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Not before this moment.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>When it was delivered, or given up.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why the last attempt failed. Never a secret.</summary>
    public string? Fault { get; set; }
}
