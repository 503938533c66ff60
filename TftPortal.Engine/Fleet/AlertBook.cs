using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>An alert that should have been, and was not.</summary>
/// <param name="Server">Of which server.</param>
/// <param name="Metric">Of what.</param>
/// <param name="At">When the trouble began.</param>
/// <param name="Text">What happened.</param>
/// <param name="By">Who says so.</param>
/// <param name="MarkedAt">When they said it.</param>
public sealed record MissedAlert(string Server, string Metric, DateTimeOffset At, string Text, string By, DateTimeOffset MarkedAt);

/// <summary>What people have said of alerts beyond the single one: silences, maintenance, rules, what was missed, notes on servers. One immutable picture.</summary>
public sealed record AlertBook
{
    /// <summary>The silences that hold, and those that ended within the last week; the newest first.</summary>
    public ImmutableArray<AlertSilence> Silences { get => field.IsDefault ? [] : field; init; }
    /// <summary>The maintenance windows, by name.</summary>
    public ImmutableArray<MaintenanceWindow> Maintenance { get => field.IsDefault ? [] : field; init; }
    /// <summary>The admins' rules, by metric and name.</summary>
    public ImmutableArray<AlertRule> Rules { get => field.IsDefault ? [] : field; init; }
    /// <summary>What was missed, the newest first.</summary>
    public ImmutableArray<MissedAlert> Missed { get => field.IsDefault ? [] : field; init; }
    /// <summary>What was noted of servers, the newest first.</summary>
    public ImmutableArray<ServerNote> Notes { get => field.IsDefault ? [] : field; init; }

    /// <summary>Nothing was said.</summary>
    public static AlertBook Empty { get; } = new();
}
