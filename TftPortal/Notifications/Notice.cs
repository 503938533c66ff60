using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Notifications;

/// <summary>What a message is about.</summary>
public enum NoticeKind
{
    /// <summary>Servers in danger, one message for all that break together.</summary>
    Incident,

    /// <summary>An API key that will soon stop working.</summary>
    KeyExpiry,

    /// <summary>The portal itself is not well.</summary>
    Portal,

    /// <summary>Somebody tries a channel.</summary>
    Test,

    /// <summary>What happened to the fleet in a week.</summary>
    Summary,
}

/// <summary>What has become of what it is about.</summary>
public enum NoticeStep
{
    /// <summary>It is new to this channel.</summary>
    Raised,

    /// <summary>It was a warning and is critical.</summary>
    Escalated,

    /// <summary>Nobody has taken it yet.</summary>
    Repeated,

    /// <summary>Somebody has.</summary>
    Acknowledged,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>One message: what every channel makes its own form of. Never a secret in it.</summary>
public sealed record Notice
{
    /// <summary>How many servers, and how many alerts, a message names; their numbers are told in full.</summary>
    public const int MaxServers = 50, MaxAlerts = 20;

    /// <summary>The same with every attempt to deliver it.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is about: the same from its beginning to its end, for example <c>incident:0197…</c>.</summary>
    public required string Concern { get; init; }

    /// <summary>What that is.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>What has become of it.</summary>
    public required NoticeStep Step { get; init; }

    /// <summary>How bad it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Whether a threshold is passed now, or something has failed already; else it is foreseen.</summary>
    public required bool IsBreaching { get; init; }

    /// <summary>When this message was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it stands.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>In a few words.</summary>
    public required string Title { get; init; }

    /// <summary>In a sentence or two.</summary>
    public required string Message { get; init; }

    /// <summary>What will be said when it is over.</summary>
    public string? Over { get; init; }

    /// <summary>The servers that it is about, at most <see cref="MaxServers"/>.</summary>
    public ImmutableArray<string> Servers { get; init; } = [];

    /// <summary>How many those are in truth.</summary>
    public int ServerCount { get; init; }

    /// <summary>The alerts in it, the most severe first, at most <see cref="MaxAlerts"/>.</summary>
    public ImmutableArray<NoticeAlert> Alerts { get; init; } = [];

    /// <summary>How many those are in truth.</summary>
    public int AlertCount { get; init; }

    /// <summary>Whether every server in it is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Why this channel gets it, where that is not plain: it escalated to here.</summary>
    public string? Note { get; init; }

    /// <summary>The page that shows it; null where the portal's address is not known (<c>Notifications:PortalUrl</c>).</summary>
    public string? Link { get; init; }

    /// <summary>The message that it is over.</summary>
    public Notice Ended(DateTimeOffset now) => this with { Id = Guid.CreateVersion7(now), Step = NoticeStep.Resolved, At = now, ResolvedAt = now, Note = null, Message = Over ?? Message };
}

/// <summary>One alert in a message.</summary>
public sealed record NoticeAlert
{
    public required Guid Id { get; init; }
    public required string Server { get; init; }
    public required string Metric { get; init; }
    public required AlertSeverity Severity { get; init; }
    public required bool IsBreaching { get; init; }

    /// <summary>The value now, or the one expected, in the metric's own unit.</summary>
    public required double Value { get; init; }

    public required double Threshold { get; init; }

    /// <summary>Of the breach within the look-ahead, 0–1.</summary>
    public required double Probability { get; init; }

    public required DateTimeOffset BreachAt { get; init; }
    public required string Message { get; init; }
}
