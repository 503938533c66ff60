using System.ComponentModel.DataAnnotations;

namespace TftPortal.Api.Shapes;

/// <summary>A rule to try on the past. When: range, or from and to; neither: the last day.</summary>
internal sealed record BacktestRequest
{
    /// <summary>The rule, as POST /api/alerts/rules takes it. It is tried as if it were made now: narrower rules decide before it.</summary>
    [Required]
    public RuleRequest? Rule { get; init; }
    /// <summary>On which of its servers: a name, or one with * for any letters; absent: the rule's.</summary>
    public string? Servers { get; init; }
    /// <summary>8h, 1d, 1w or 1M (30 days), up to now; 1h at least.</summary>
    public string? Range { get; init; }
    /// <summary>From when on: ISO 8601, UTC where it has no offset.</summary>
    public string? From { get; init; }
    /// <summary>Until when; absent: now.</summary>
    public string? To { get; init; }
    /// <summary>From which value on something was an incident, in the metric's unit; absent: the warning threshold that the rule gives each server.</summary>
    public float? IncidentFrom { get; init; }
}

/// <summary>The back-tests that are remembered.</summary>
/// <param name="Backtests">The newest first, without their results.</param>
internal sealed record BacktestList(IReadOnlyList<BacktestShape> Backtests);

/// <summary>A back-test at a moment.</summary>
internal sealed record BacktestShape
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }
    /// <summary>running, done, cancelled or failed.</summary>
    public required string State { get; init; }
    /// <summary>The rule that is tried.</summary>
    public required RuleRequest Rule { get; init; }
    /// <summary>On which of its servers.</summary>
    public required string Servers { get; init; }
    /// <summary>From when on.</summary>
    public required DateTimeOffset From { get; init; }
    /// <summary>Until when.</summary>
    public required DateTimeOffset To { get; init; }
    /// <summary>From which value on something was an incident; null: the warning threshold.</summary>
    public float? IncidentFrom { get; init; }
    /// <summary>Who wanted it.</summary>
    public required string By { get; init; }
    /// <summary>How many servers.</summary>
    public required int ServerCount { get; init; }
    /// <summary>How many steps of them there are to live through.</summary>
    public required long ServerSteps { get; init; }
    /// <summary>How many it has; 0 while the week before is read.</summary>
    public required long Done { get; init; }
    /// <summary>How much longer it takes at the rate so far, seconds; null before that can be said, and after its end.</summary>
    public double? SecondsLeft { get; init; }
    /// <summary>Since when.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Until when; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>Why it failed; null where it did not.</summary>
    public string? Problem { get; init; }
    /// <summary>What it found; null before its end.</summary>
    public BacktestResultShape? Result { get; init; }
}

/// <summary>What trying a rule found.</summary>
/// <param name="ModelVersion">Whose forecasts: the model's that is loaded now, which may have learned from that very time.</param>
/// <param name="Tried">How right the rule was.</param>
/// <param name="Today">How right the rules are as they stand.</param>
/// <param name="Overruled">On how many servers a narrower rule decides before the one that was tried.</param>
/// <param name="Servers">The servers that had an incident or an alert.</param>
internal sealed record BacktestResultShape(string ModelVersion, RuleScoreShape Tried, RuleScoreShape Today, int Overruled, IReadOnlyList<TriedServerShape> Servers);

/// <summary>How early and how right a rule was. An alert counts as right where an incident begins within the hour; one that stands for longer counts anew each hour, and none within an incident or the hour after one.</summary>
internal sealed record RuleScoreShape
{
    /// <summary>How many alerts it raised, those in quiet hours not counted.</summary>
    public required int Alerts { get; init; }
    /// <summary>How often an incident followed.</summary>
    public required int Hits { get; init; }
    /// <summary>How often none did.</summary>
    public required int FalseAlarms { get; init; }
    /// <summary>Of how many that cannot be said yet.</summary>
    public required int Open { get; init; }
    /// <summary>How many incidents began.</summary>
    public required int Onsets { get; init; }
    /// <summary>hits / (hits + false alarms); null without any.</summary>
    public double? Precision { get; init; }
    /// <summary>The share of the incidents that it saw coming; null without one.</summary>
    public double? Recall { get; init; }
    /// <summary>The share that it saw at least 15 minutes before.</summary>
    public double? Recall15Min { get; init; }
    /// <summary>From the alert to the incident, the median; null where none was seen.</summary>
    public double? MedianLeadMinutes { get; init; }
    /// <summary>False alarms a server and day.</summary>
    public double? FalseAlarmsPerServerDay { get; init; }
    /// <summary>How many days servers were watched.</summary>
    public required double ServerDays { get; init; }
}

/// <summary>A server that a rule was tried on.</summary>
/// <param name="Server">Its name.</param>
/// <param name="IncidentFrom">From where on it was an incident.</param>
/// <param name="Incidents">When it was in one.</param>
/// <param name="Tried">When the rule would have alerted.</param>
/// <param name="Today">When the rules as they stand would have.</param>
internal sealed record TriedServerShape(string Server, float IncidentFrom, IReadOnlyList<StretchShape> Incidents, IReadOnlyList<FiringShape> Tried, IReadOnlyList<FiringShape> Today);

/// <summary>A stretch of time.</summary>
/// <param name="From">Its start.</param>
/// <param name="Until">Its end.</param>
internal sealed record StretchShape(DateTimeOffset From, DateTimeOffset Until);

/// <summary>An alert that would have been.</summary>
/// <param name="At">When it would have been raised.</param>
/// <param name="Until">Until when it stood, at the end of the range at the latest.</param>
/// <param name="Severity">critical or warning: how bad it got.</param>
/// <param name="Predicted">Whether the threshold was not passed yet.</param>
/// <param name="Probability">How probable it was said to be, 0–1.</param>
/// <param name="Value">The value then, or the one that was expected.</param>
/// <param name="Outcome">hit, false_alarm, within_incident (or in the hour after one), or open: its hour is not over.</param>
/// <param name="LeadMinutes">How long before the incident; null where none followed.</param>
internal sealed record FiringShape(DateTimeOffset At, DateTimeOffset Until, string Severity, bool Predicted, double Probability, double Value, string Outcome, double? LeadMinutes);
