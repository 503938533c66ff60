namespace TftPortal.Engine.Simulation;

/// <summary>How eventful a simulated server's life is.</summary>
public enum ServerTemper
{
    /// <summary>Nearly idle and flat, as many real servers are.</summary>
    Quiet,

    /// <summary>What its profile says, with a mishap every few weeks.</summary>
    Ordinary,

    /// <summary>Hot, with leaks and runaway processes every few days: rare in a fleet, instructive in training.</summary>
    Troubled,
}
