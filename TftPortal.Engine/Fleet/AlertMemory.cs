using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>An alert while it lasts, and since when its threshold, and the critical one, have been out of reach.</summary>
/// <param name="Alert">As it shows.</param>
/// <param name="CriticalQuietSince">Since when the critical threshold is out of reach; null while it is not.</param>
/// <param name="QuietSince">Since when the warning threshold is out of reach too; null while it is not.</param>
public sealed record AlertEpisode(Alert Alert, DateTimeOffset? CriticalQuietSince, DateTimeOffset? QuietSince);

/// <summary>When an alert of a server was raised.</summary>
/// <param name="Server">The server.</param>
/// <param name="Metric">What is measured, as <see cref="Alert.Metric"/>.</param>
/// <param name="At">When.</param>
public sealed record AlertRaise(string Server, string Metric, DateTimeOffset At);

/// <summary>An alert that has ended.</summary>
/// <param name="Alert">As it was last.</param>
/// <param name="EndedAt">When it cleared, or its server left.</param>
public sealed record EndedAlert(Alert Alert, DateTimeOffset EndedAt);

/// <summary>What the alerts must not forget over a restart.</summary>
/// <param name="Episodes">The alerts that stand.</param>
/// <param name="Raises">What was raised within the last 2 hours, the oldest first.</param>
public sealed record AlertMemory(ImmutableArray<AlertEpisode> Episodes, ImmutableArray<AlertRaise> Raises)
{
    /// <summary>The alerts that ended within the last day, the newest first.</summary>
    public ImmutableArray<EndedAlert> Ended { get => field.IsDefault ? [] : field; init; }

    /// <summary>The incidents that the alerts are in.</summary>
    public ImmutableArray<AlertIncident> Incidents { get => field.IsDefault ? [] : field; init; }

    /// <summary>Nothing stands, and nothing was raised.</summary>
    public static AlertMemory Nothing { get; } = new([], []);
}
