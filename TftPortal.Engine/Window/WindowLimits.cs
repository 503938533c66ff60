using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>What the window holds and what it refuses.</summary>
internal sealed record WindowLimits
{
    /// <summary>The time grid.</summary>
    public required StepGrid Grid { get; init; }
    /// <summary>How far back it remembers; older readings are refused.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(7);
    /// <summary>How far ahead of the clock a reading may be.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(10);
    /// <summary>How long a server may be silent before it leaves.</summary>
    public TimeSpan ForgetSilent { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How many servers it takes.</summary>
    public int MaxServers { get; init; } = 10_000;
    /// <summary>Observed steps, of the last <see cref="ServerWindow.ReadySpan"/>, that a server needs for the model.</summary>
    public int RequiredSteps { get; init; } = 12;
}
