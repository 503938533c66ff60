using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>One alert from its raise to its end.</summary>
public sealed record AlertRecord
{
    /// <summary>The alert's.</summary>
    public required Guid Id { get; init; }
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>What the server is for.</summary>
    public required string Profile { get; init; }
    /// <summary>What is measured.</summary>
    public required string Metric { get; init; }
    /// <summary>How bad it got.</summary>
    public required AlertSeverity Severity { get; init; }
    /// <summary>When it was raised.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Whether it was raised before the threshold was passed.</summary>
    public required bool WasPredicted { get; init; }
    /// <summary>Probability of the breach when it was raised, 0–1.</summary>
    public required double Probability { get; init; }
    /// <summary>The value that was expected then.</summary>
    public required double PredictedValue { get; init; }
    /// <summary>The threshold it was raised for.</summary>
    public required double Threshold { get; init; }
    /// <summary>When the breach was expected then.</summary>
    public required DateTimeOffset ExpectedAt { get; init; }
    /// <summary>When the threshold was passed; null while it was not.</summary>
    public DateTimeOffset? BreachedAt { get; init; }
    /// <summary>When it became critical; null while it did not.</summary>
    public DateTimeOffset? CriticalAt { get; init; }
    /// <summary>When it ended; null while it stands.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>How often it had been raised within two hours.</summary>
    public required int RaisedTimes { get; init; }
    /// <summary>Who took it; null where nobody did.</summary>
    public string? AcknowledgedBy { get; init; }
    /// <summary>Whether somebody said that it was none.</summary>
    public bool IsFalseAlarm { get; init; }
    /// <summary>Version of the model whose forecast raised it.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>What it last said.</summary>
    public required string Message { get; init; }
}
