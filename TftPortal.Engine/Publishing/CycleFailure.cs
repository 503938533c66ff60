namespace TftPortal.Engine.Publishing;

/// <summary>Why there is no newer picture.</summary>
/// <param name="Time">When the cycle failed.</param>
/// <param name="Reason">What happened, for an operator.</param>
public sealed record CycleFailure(DateTimeOffset Time, string Reason);
