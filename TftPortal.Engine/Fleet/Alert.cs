using System.Collections.Immutable;

namespace TftPortal.Engine.Fleet;

/// <summary>How bad.</summary>
public enum AlertSeverity { Warning, Critical }

/// <summary>Whether the threshold is passed now, or will be.</summary>
public enum AlertState { Predicted, Breaching }

/// <summary>One danger of one server in one metric, while it lasts.</summary>
public sealed record Alert
{
    /// <summary>Stays the same while the alert lasts.</summary>
    public required Guid Id { get; init; }
    /// <summary>The incident that it is part of, an <see cref="AlertIncident.Id"/>: of one incident at any time. It changes only within minutes of the raise, where servers turn out to break together.</summary>
    public Guid IncidentId { get; init; }
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>What is measured: a metric's wire name, or <c>cpu_used_pct</c> for 100 − idle.</summary>
    public required string Metric { get; init; }
    /// <summary>How bad.</summary>
    public required AlertSeverity Severity { get; init; }
    /// <summary>Whether the threshold is passed now, or will be.</summary>
    public required AlertState State { get; init; }
    /// <summary>The value now, or the one expected where it breaches.</summary>
    public required double PredictedValue { get; init; }
    /// <summary>The threshold that is, or will be, passed.</summary>
    public required double Threshold { get; init; }
    /// <summary>Steps until the breach; 0 when it is passed now.</summary>
    public required int StepsAhead { get; init; }
    /// <summary>Minutes until the breach; 0 when it is passed now.</summary>
    public required int MinutesAhead { get; init; }
    /// <summary>Probability of the breach within the look-ahead, 0–1.</summary>
    public required double Probability { get; init; }
    /// <summary>When the alert was raised.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When the threshold is, or was, passed.</summary>
    public required DateTimeOffset BreachAt { get; init; }
    /// <summary>Since when the warning threshold, or worse, has been passed; null while it never was. It stays the same while the alert stands, whatever is predicted then.</summary>
    public DateTimeOffset? BreachedAt { get; init; }
    /// <summary>The earliest that it can be expected: where p90 reaches the threshold. <see cref="BreachAt"/> when it is passed now.</summary>
    public required DateTimeOffset BreachFrom { get; init; }
    /// <summary>The latest, if it comes: where p25 reaches the threshold, at most the end of the look-ahead. <see cref="BreachAt"/> when it is passed now.</summary>
    public required DateTimeOffset BreachUntil { get; init; }
    /// <summary>Version of the model whose forecast raised it.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
    /// <summary>How often it was raised within the last 2 hours, this time included. From 3 on it flaps, and takes longer to clear.</summary>
    public int RaisedTimes { get; init; } = 1;

    /// <summary>What people did with it, the oldest first; the newest <see cref="MaxActs"/> of them.</summary>
    public ImmutableArray<AlertAct> Acts { get => field.IsDefault ? [] : field; init; }
    /// <summary>When the silence ends that it is under; null while it is under none.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }
    /// <summary>Who silenced it.</summary>
    public string? SilencedBy { get; init; }
    /// <summary>Name of the maintenance window that its server is in; null outside any.</summary>
    public string? Maintenance { get; init; }
    /// <summary>When the quiet hours of its rule end; null outside them.</summary>
    public DateTimeOffset? QuietUntil { get; init; }

    /// <summary>How many acts an alert remembers.</summary>
    public const int MaxActs = 100;

    /// <summary>Whether a silence covers it.</summary>
    public bool IsSilenced => SilencedUntil is not null;
    /// <summary>Whether nothing is sent of it just now: silenced, under maintenance, or in quiet hours. It is shown and recorded all the same.</summary>
    public bool IsHushed => IsSilenced || Maintenance is not null || QuietUntil is not null;
    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy => Acknowledgement?.By;
    /// <summary>When.</summary>
    public DateTimeOffset? AcknowledgedAt => Acknowledgement?.At;
    /// <summary>Why, in their words.</summary>
    public string? AcknowledgeReason => Acknowledgement?.Text;
    /// <summary>Whose it is; null while it is nobody's.</summary>
    public string? AssignedTo => Last(AlertActKind.Assigned, AlertActKind.Unassigned) is { Kind: AlertActKind.Assigned } assigned ? assigned.Text : null;
    /// <summary>Whether somebody said that it is none.</summary>
    public bool IsFalseAlarm => Last(AlertActKind.FalseAlarm, AlertActKind.RealAlarm) is { Kind: AlertActKind.FalseAlarm };
    /// <summary>What people said of it.</summary>
    public IEnumerable<AlertAct> Comments => Acts.Where(act => act.Kind == AlertActKind.Commented);

    /// <summary>With one more act; the oldest is forgotten where they are too many.</summary>
    public Alert With(AlertAct act) => this with { Acts = [.. Acts.TakeLast(MaxActs - 1), act] };

    private AlertAct? Acknowledgement => Last(AlertActKind.Acknowledged, AlertActKind.Unacknowledged) is { Kind: AlertActKind.Acknowledged } taken ? taken : null;

    private AlertAct? Last(AlertActKind one, AlertActKind other) => Acts.LastOrDefault(act => act.Kind == one || act.Kind == other);
}
