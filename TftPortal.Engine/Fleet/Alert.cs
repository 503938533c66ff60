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
    /// <summary>Version of the model whose forecast raised it.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy { get; init; }
}
