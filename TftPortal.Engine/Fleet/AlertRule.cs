namespace TftPortal.Engine.Fleet;

/// <summary>Where a rule comes from: of two that are equally narrow the later of these decides.</summary>
public enum RuleOrigin
{
    /// <summary>The settings <c>Alerts:Thresholds</c>.</summary>
    Thresholds,
    /// <summary>The settings <c>Alerts:Rules</c>.</summary>
    Settings,
    /// <summary>An admin, on the page or by REST.</summary>
    Admin,
}

/// <summary>
/// When a metric is a danger, for some servers. A rule says only what differs: what it leaves out comes from the next rule that applies. The narrower rule decides: a single server before a
/// pattern, the longer pattern before the shorter, a profile before all servers; of two equally narrow ones the admin's, then the settings', then the thresholds', and of two admins' the newer.
/// </summary>
public sealed record AlertRule
{
    /// <summary>Its id; empty for one of the settings.</summary>
    public Guid Id { get; init; }
    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";
    /// <summary>What is measured: a metric's wire name, or <c>cpu_used_pct</c> for 100 − idle.</summary>
    public string Metric { get; init; } = "";
    /// <summary>Which servers: a <see cref="ServerPattern"/>.</summary>
    public string Servers { get; init; } = ServerPattern.All;
    /// <summary>Of which profile, its wire name; null for any.</summary>
    public string? Profile { get; init; }
    /// <summary>Whether the metric is watched at all; null leaves that to the next rule.</summary>
    public bool? IsWatched { get; init; }
    /// <summary>Whether low is the danger. Goes with the thresholds.</summary>
    public bool IsBelow { get; init; }
    /// <summary>From where on it is a warning, in the metric's unit; null, with <see cref="Critical"/>, leaves both and the direction to the next rule.</summary>
    public float? Warning { get; init; }
    /// <summary>From where on it is critical.</summary>
    public float? Critical { get; init; }
    /// <summary>How far beyond the median of its own week a value must be, in the metric's unit, 0 or more.</summary>
    public float? MinimumDeviation { get; init; }
    /// <summary>How far ahead it looks, minutes: 5 to 480.</summary>
    public int? LookAheadMinutes { get; init; }
    /// <summary>Probability of reaching the threshold within that time from which an alert is raised, 0.01 to 1; null, with <see cref="ClearProbability"/>, leaves both to the next rule.</summary>
    public double? RaiseProbability { get; init; }
    /// <summary>Probability below which it may clear, at most <see cref="RaiseProbability"/>.</summary>
    public double? ClearProbability { get; init; }
    /// <summary>In how many pictures one after the other the danger must show before an alert is raised: 1 to 100.</summary>
    public int? Cycles { get; init; }
    /// <summary>Hours in which nothing is sent of its alerts.</summary>
    public QuietHours? QuietHours { get; init; }
    /// <summary>Who made it; empty for one of the settings.</summary>
    public string By { get; init; } = "";
    /// <summary>When it was made, or last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether it is about a server.</summary>
    public bool Covers(string server, ServerProfile profile) => (Profile is null || Profile == profile.WireName()) && ServerPattern.Matches(Servers, server);
}
