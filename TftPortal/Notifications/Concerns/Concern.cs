using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Notifications.Concerns;

/// <summary>Something that people may have to be told of, for as long as it stands: an incident, a key that will expire, trouble of the portal's own.</summary>
internal sealed record Concern
{
    /// <summary>The same while it stands, over restarts too: for example <c>incident:0197…</c>.</summary>
    public required string Key { get; init; }

    public required NoticeKind Kind { get; init; }
    public required AlertSeverity Severity { get; init; }

    /// <summary>Whether a threshold is passed now, or something has failed already; else it is foreseen.</summary>
    public required bool IsBreaching { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }

    /// <summary>The servers in it that are not silenced; empty where it is about none.</summary>
    public ImmutableArray<ConcernServer> Servers { get; init; } = [];

    /// <summary>The alerts in it that are not silenced.</summary>
    public ImmutableArray<NoticeAlert> Alerts { get; init; } = [];

    /// <summary>Whether every server in it is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Whether all of it is silenced or in maintenance: nothing new is told of it, and its end is only where its beginning was.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether it is told again and escalates while nobody acknowledges it. What can't be acknowledged is told once.</summary>
    public bool Nags { get; init; }

    /// <summary>Concerns that turned out to be this one: what was told of them goes on here.</summary>
    public ImmutableArray<string> Absorbed { get; init; } = [];

    /// <summary>A channel that is not told of it: it is what the trouble is with.</summary>
    public string? ExceptChannel { get; init; }

    /// <summary>The page that shows it, without the portal's address.</summary>
    public string Page { get; init; } = "";

    /// <summary>How it is said that it is over.</summary>
    public string Over { get; init; } = "It is over.";
}

/// <summary>A server that a concern is about.</summary>
internal sealed record ConcernServer(string Name, ServerProfile Profile);

/// <summary>Knows concerns of one kind.</summary>
internal interface IConcerns
{
    /// <summary>Which kind.</summary>
    NoticeKind Kind { get; }

    /// <summary>Whether what it does not name is over. Not so right after a start.</summary>
    bool KnowsAll => true;

    /// <summary>Those that stand; null while that can't be said, as before the first picture: then nothing of this kind counts as over.</summary>
    Task<IReadOnlyList<Concern>?> LookAsync(DateTimeOffset now, CancellationToken stop);
}
