namespace TftPortal.Engine.Fleet;

/// <summary>A time, once or again and again, in which servers are worked on: everything is recorded and shown, and nothing is sent.</summary>
public sealed record MaintenanceWindow
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }
    /// <summary>What people call it; unique among the windows.</summary>
    public required string Name { get; init; }
    /// <summary>Which servers: a <see cref="ServerPattern"/>.</summary>
    public required string Servers { get; init; }
    /// <summary>When it first begins, by the clock of <see cref="TimeZone"/>.</summary>
    public required DateTime Start { get; init; }
    /// <summary>How long it lasts each time, by a stopwatch: 1 minute to 7 days.</summary>
    public required TimeSpan Duration { get; init; }
    /// <summary>When it comes again: a recurrence rule (RFC 5545), for example <c>FREQ=WEEKLY;BYDAY=SU</c>; empty for once. It comes at the same time of the zone's clock, summer and winter.</summary>
    public string Rule { get; init; } = "";
    /// <summary>The zone of <see cref="Start"/>, an IANA name such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }
    /// <summary>Who made it.</summary>
    public required string By { get; init; }
    /// <summary>When it was made, or last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}
