namespace TftPortal.Engine.Simulation;

/// <summary>What befalls a simulated server beside its everyday life.</summary>
public enum SimulationScenario
{
    /// <summary>Nothing: an incident under way recedes within about an hour and a half.</summary>
    Healthy,

    /// <summary>
    /// A memory leak builds up: memory passes its warning threshold after about an hour and a half and its critical one about an hour later, swap and I/O wait follow.
    /// After two hours at the limit the machine reboots, and the leak begins anew.
    /// </summary>
    Degrading,

    /// <summary>The same incident at its end: within three steps memory, swap and I/O wait are past their critical thresholds, and stay there.</summary>
    Critical,
}
