namespace TftPortal.Engine.Fleet;

/// <summary>The time grid: step n covers [n·length, (n+1)·length) seconds since 1970 UTC.</summary>
/// <param name="StepSeconds">Length of a step in seconds, 1 to 3600; 300 by default.</param>
public readonly record struct StepGrid(int StepSeconds)
{
    /// <summary>Length of a step in milliseconds.</summary>
    public long StepMilliseconds => StepSeconds * 1000L;

    /// <summary>Length of a step.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(StepSeconds);

    /// <summary>The step that a moment falls into.</summary>
    public long StepOf(DateTimeOffset time) => StepOf(time.ToUnixTimeMilliseconds());

    /// <summary>The step that a moment falls into, the moment as milliseconds since 1970 UTC.</summary>
    public long StepOf(long unixMilliseconds) => (long)Math.Floor(unixMilliseconds / (double)StepMilliseconds);

    /// <summary>When a step begins.</summary>
    public DateTimeOffset StartOf(long step) => DateTimeOffset.FromUnixTimeMilliseconds(step * StepMilliseconds);
}
