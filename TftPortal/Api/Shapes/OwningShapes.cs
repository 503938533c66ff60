using System.ComponentModel.DataAnnotations;

namespace TftPortal.Api.Shapes;

/// <summary>To take an alert, or to give it back.</summary>
internal sealed record Acknowledgement
{
    /// <summary>Why: 1 to 1,000 characters. Needed to take it.</summary>
    public string? Reason { get; init; }
    /// <summary>On whose behalf, where a program asks for a person; up to 100 characters.</summary>
    public string? Name { get; init; }
}

/// <summary>To make an alert somebody's.</summary>
internal sealed record Assignment
{
    /// <summary>Whose: 1 to 64 characters; absent or null makes it nobody's.</summary>
    public string? To { get; init; }
    /// <summary>On whose behalf.</summary>
    public string? Name { get; init; }
}

/// <summary>To say something of an alert.</summary>
internal sealed record AlertComment
{
    /// <summary>What: 1 to 1,000 characters.</summary>
    [Required]
    public string? Comment { get; init; }
    /// <summary>On whose behalf.</summary>
    public string? Name { get; init; }
}

/// <summary>To say whether an alert was one.</summary>
internal sealed record AlertMark
{
    /// <summary>false_alarm, or real to take that back.</summary>
    [Required]
    public string? As { get; init; }
    /// <summary>Why; up to 1,000 characters.</summary>
    public string? Reason { get; init; }
    /// <summary>On whose behalf.</summary>
    public string? Name { get; init; }
}

/// <summary>An alert that should have been, and was not.</summary>
internal sealed record MissedMark
{
    /// <summary>Of which server.</summary>
    [Required]
    public string? Server { get; init; }
    /// <summary>Of what: a metric, or cpu_used_pct.</summary>
    [Required]
    public string? Metric { get; init; }
    /// <summary>When the trouble began, with its offset: within the last 30 days.</summary>
    [Required]
    public DateTimeOffset? At { get; init; }
    /// <summary>What happened; up to 1,000 characters.</summary>
    public string? Comment { get; init; }
    /// <summary>On whose behalf.</summary>
    public string? Name { get; init; }
}

/// <summary>Done, and on disk.</summary>
/// <param name="Id">Of what it was done to, or of what was made; all zeros for a missed alert, which has none.</param>
internal sealed record OrderDone(Guid Id);

/// <summary>To send nothing of some servers for a while.</summary>
internal sealed record SilenceRequest
{
    /// <summary>Which servers: a name, or one with * for any letters; * is all.</summary>
    [Required]
    public string? Servers { get; init; }
    /// <summary>Which alerts of theirs: a metric, or cpu_used_pct; absent or null: all.</summary>
    public string? Metric { get; init; }
    /// <summary>Until when, with its offset: after now and within 30 days. Give this or minutes.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>For how many minutes from now.</summary>
    public double? Minutes { get; init; }
    /// <summary>Why: 1 to 1,000 characters.</summary>
    [Required]
    public string? Reason { get; init; }
    /// <summary>On whose behalf.</summary>
    public string? Name { get; init; }
}

/// <summary>The silences that hold, and those that ended within the last week.</summary>
/// <param name="Silences">The newest first.</param>
internal sealed record SilenceList(IReadOnlyList<SilenceShape> Silences);

/// <summary>A silence.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Servers">Which servers.</param>
/// <param name="Metric">Which alerts of theirs; null: all.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ends, or ended.</param>
/// <param name="IsOn">Whether it holds.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">By whom.</param>
/// <param name="EndedBy">Who ended it before its time; null where nobody did.</param>
internal sealed record SilenceShape(Guid Id, string Servers, string? Metric, DateTimeOffset From, DateTimeOffset Until, bool IsOn, string Reason, string By, string? EndedBy);

/// <summary>A maintenance window to make or to change.</summary>
internal sealed record MaintenanceRequest
{
    /// <summary>What people call it: 1 to 64 characters, unique.</summary>
    [Required]
    public string? Name { get; init; }
    /// <summary>Which servers: a name, or one with * for any letters; * is all.</summary>
    [Required]
    public string? Servers { get; init; }
    /// <summary>When it first begins, by the clock of the zone and without an offset: 2026-03-01T02:00:00.</summary>
    [Required]
    public DateTime? Start { get; init; }
    /// <summary>How long it lasts each time, minutes: 1 to 10080.</summary>
    [Required]
    public double? DurationMinutes { get; init; }
    /// <summary>When it comes again: a recurrence rule (RFC 5545), daily or seldomer; absent or empty: once.</summary>
    public string? Rule { get; init; }
    /// <summary>The zone, an IANA name; absent: UTC.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>The maintenance windows.</summary>
/// <param name="Maintenance">By name.</param>
internal sealed record MaintenanceList(IReadOnlyList<MaintenanceShape> Maintenance);

/// <summary>A maintenance window, and when it is open next.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Servers">Which servers.</param>
/// <param name="Start">When it first begins, by the clock of the zone.</param>
/// <param name="DurationMinutes">How long it lasts each time, minutes.</param>
/// <param name="Rule">When it comes again (RFC 5545); empty: once.</param>
/// <param name="TimeZone">The zone.</param>
/// <param name="IsOn">Whether it is open.</param>
/// <param name="NextFrom">Since when it is open, or else when it opens next; null where it does not come again.</param>
/// <param name="NextUntil">Until when.</param>
/// <param name="By">Who made it, or changed it last.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record MaintenanceShape(Guid Id, string Name, string Servers, DateTime Start, double DurationMinutes, string Rule, string TimeZone, bool IsOn, DateTimeOffset? NextFrom, DateTimeOffset? NextUntil, string By, DateTimeOffset ChangedAt);

/// <summary>An incident: alerts that are one trouble.</summary>
/// <param name="Id">Stays the same while it lasts, and over a restart.</param>
/// <param name="StartedAt">When its first alert was raised.</param>
/// <param name="Severity">critical or warning: the worst of its alerts.</param>
/// <param name="Message">In a sentence.</param>
/// <param name="Servers">The servers, by name.</param>
/// <param name="Alerts">The alerts that stand, by id; the most severe first.</param>
/// <param name="Absorbed">Incidents that turned out to be this one, and go on here.</param>
internal sealed record IncidentShape(Guid Id, DateTimeOffset StartedAt, string Severity, string Message, IReadOnlyList<string> Servers, IReadOnlyList<Guid> Alerts, IReadOnlyList<Guid> Absorbed);

/// <summary>The incidents.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Incidents">The most severe first, then the oldest.</param>
internal sealed record IncidentList(int Count, IReadOnlyList<IncidentShape> Incidents);
