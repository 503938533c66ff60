namespace TftPortal.Api.Shapes;

/// <summary>The active alerts.</summary>
/// <param name="Timestamp">When this was asked: local time of the portal's machine, without an offset, as the old daemon wrote it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Alerts">The most severe first, then by time of breach.</param>
internal sealed record AlertsAnswer(string Timestamp, int Count, IReadOnlyList<AlertShape> Alerts);

/// <summary>One danger of one server in one metric, while it lasts.</summary>
internal sealed record AlertShape
{
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>A metric, or cpu_used_pct for 100 − idle.</summary>
    public required string Metric { get; init; }
    /// <summary>critical or warning.</summary>
    public required string Severity { get; init; }
    /// <summary>The value now, or the one expected where it breaches.</summary>
    public double PredictedValue { get; init; }
    /// <summary>The threshold that is, or will be, passed.</summary>
    public double Threshold { get; init; }
    /// <summary>Steps until then; 0 when it is passed now.</summary>
    public int StepsAhead { get; init; }
    /// <summary>Minutes until then; 0 when it is passed now.</summary>
    public int MinutesAhead { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
    /// <summary>Stays the same while the alert lasts.</summary>
    public Guid Id { get; init; }
    /// <summary>predicted or breaching.</summary>
    public required string State { get; init; }
    /// <summary>When it was raised.</summary>
    public DateTimeOffset StartedAt { get; init; }
    /// <summary>When the threshold is, or was, passed.</summary>
    public DateTimeOffset BreachAt { get; init; }
    /// <summary>The earliest that it can be expected.</summary>
    public DateTimeOffset BreachFrom { get; init; }
    /// <summary>The latest, if it comes; at most the end of the look-ahead.</summary>
    public DateTimeOffset BreachUntil { get; init; }
    /// <summary>How often it was raised within the last 2 hours, this time included; from 3 on it flaps.</summary>
    public int RaisedTimes { get; init; }
    /// <summary>Probability of the breach within the look-ahead, 0–1.</summary>
    public double Probability { get; init; }
    /// <summary>Version of the model whose forecast raised it.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy { get; init; }
    /// <summary>When.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>Why.</summary>
    public string? AcknowledgeReason { get; init; }
    /// <summary>Whose it is; null while it is nobody's.</summary>
    public string? AssignedTo { get; init; }
    /// <summary>The incident that it is part of.</summary>
    public Guid IncidentId { get; init; }
    /// <summary>When the silence ends that it is under; null while it is under none.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }
    /// <summary>Who silenced it.</summary>
    public string? SilencedBy { get; init; }
    /// <summary>Name of the maintenance window that its server is in; null outside any.</summary>
    public string? Maintenance { get; init; }
    /// <summary>When the quiet hours of its rule end; null outside them.</summary>
    public DateTimeOffset? QuietUntil { get; init; }
    /// <summary>Whether somebody said that it is none.</summary>
    public bool FalseAlarm { get; init; }
}
