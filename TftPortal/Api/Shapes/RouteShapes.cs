using System.ComponentModel.DataAnnotations;

namespace TftPortal.Api.Shapes;

/// <summary>A route to make or change; what is absent is not asked for.</summary>
internal sealed record RouteRequest
{
    /// <summary>What people call it, 1 to 64 characters; unique.</summary>
    [Required]
    public string? Name { get; init; }
    /// <summary>Whether it is on; absent: it is.</summary>
    public bool? Enabled { get; init; }
    /// <summary>The id of the channel that it sends to.</summary>
    [Required]
    public string? ChannelId { get; init; }
    /// <summary>What it lets through: predicted, breaching (incidents), key_expiry, portal, summary (weekly).</summary>
    [Required]
    public IReadOnlyList<string?>? Kinds { get; init; }
    /// <summary>warning (absent) or critical.</summary>
    public string? MinSeverity { get; init; }
    /// <summary>Profiles of which one server of an incident at least must be; absent: any.</summary>
    public IReadOnlyList<string?>? Profiles { get; init; }
    /// <summary>Patterns such as web-*, of which one server's name at least must match one; absent: any.</summary>
    public IReadOnlyList<string?>? Servers { get; init; }
    /// <summary>From this time of the day on, HH:mm.</summary>
    public string? From { get; init; }
    /// <summary>Before this one; where it is earlier than from, the next day's.</summary>
    public string? To { get; init; }
    /// <summary>On these days (mon … sun), on which the hours begin; absent: on all.</summary>
    public IReadOnlyList<string?>? Days { get; init; }
    /// <summary>The time zone of the hours, by its IANA name; absent: UTC.</summary>
    public string? Zone { get; init; }
    /// <summary>After how long an incident that nobody acknowledged is told again, minutes, 5 to 10,080; absent: never.</summary>
    public int? RepeatMinutes { get; init; }
    /// <summary>After how long it escalates, minutes, 1 to 10,080; absent: never.</summary>
    public int? EscalateAfterMinutes { get; init; }
    /// <summary>The id of the channel that it escalates to.</summary>
    public string? EscalateToId { get; init; }
    /// <summary>Whether the end is told too; absent: it is.</summary>
    public bool? Resolved { get; init; }
    /// <summary>Whether simulated servers count; absent: they don't.</summary>
    public bool? Simulated { get; init; }
}

/// <summary>Every route.</summary>
/// <param name="Routes">By name.</param>
internal sealed record RouteList(IReadOnlyList<RouteAnswer> Routes);

/// <summary>A route.</summary>
internal sealed record RouteAnswer
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }
    /// <summary>Whether it is on.</summary>
    public required bool Enabled { get; init; }
    /// <summary>The channel that it sends to.</summary>
    public required string ChannelId { get; init; }
    /// <summary>What it lets through.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }
    /// <summary>warning or critical.</summary>
    public required string MinSeverity { get; init; }
    /// <summary>Profiles; empty: any.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }
    /// <summary>Patterns of servers' names; empty: any.</summary>
    public required IReadOnlyList<string> Servers { get; init; }
    /// <summary>From this time of the day on; null: always.</summary>
    public required string? From { get; init; }
    /// <summary>Before this one.</summary>
    public required string? To { get; init; }
    /// <summary>On these days; empty: on all.</summary>
    public required IReadOnlyList<string> Days { get; init; }
    /// <summary>The time zone of the hours.</summary>
    public required string? Zone { get; init; }
    /// <summary>After how long it is told again, minutes; null: never.</summary>
    public required int? RepeatMinutes { get; init; }
    /// <summary>After how long it escalates, minutes; null: never.</summary>
    public required int? EscalateAfterMinutes { get; init; }
    /// <summary>Where to.</summary>
    public required string? EscalateToId { get; init; }
    /// <summary>Whether the end is told too.</summary>
    public required bool Resolved { get; init; }
    /// <summary>Whether simulated servers count.</summary>
    public required bool Simulated { get; init; }
    /// <summary>When it was made.</summary>
    public required string CreatedAt { get; init; }
    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }
    /// <summary>When it was last changed.</summary>
    public required string ChangedAt { get; init; }
}

/// <summary>The newest messages.</summary>
/// <param name="Deliveries">Dead letters first, then those that wait, then those that were taken; each the newest first, 500 at most.</param>
internal sealed record DeliveryList(IReadOnlyList<DeliveryAnswer> Deliveries);

/// <summary>A message on its way to a channel, or one that has arrived or never will.</summary>
internal sealed record DeliveryAnswer
{
    /// <summary>Its place in the order.</summary>
    public required long Number { get; init; }
    /// <summary>The same with every attempt.</summary>
    public required string Id { get; init; }
    /// <summary>The channel that it goes to.</summary>
    public required string ChannelId { get; init; }
    /// <summary>queued, sent or dead.</summary>
    public required string State { get; init; }
    /// <summary>raised, escalated, repeated, acknowledged or resolved.</summary>
    public required string Event { get; init; }
    /// <summary>incident, key_expiry, portal or summary.</summary>
    public required string Kind { get; init; }
    /// <summary>What it is about.</summary>
    public required string Key { get; init; }
    /// <summary>In a few words.</summary>
    public required string Title { get; init; }
    /// <summary>When it was queued.</summary>
    public required string QueuedAt { get; init; }
    /// <summary>Attempts so far.</summary>
    public required int Attempts { get; init; }
    /// <summary>Not before this moment; null where it waits no more.</summary>
    public required string? NextAt { get; init; }
    /// <summary>When it was taken or given up.</summary>
    public required string? EndedAt { get; init; }
    /// <summary>Why the last attempt failed; of one that was taken, whom it did not reach.</summary>
    public required string? Fault { get; init; }
}
