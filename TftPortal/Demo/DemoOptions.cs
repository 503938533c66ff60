using System.ComponentModel.DataAnnotations;
using TftPortal.Engine.Simulation;

namespace TftPortal.Demo;

/// <summary>The settings <c>Demo:*</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Whether a simulated fleet is shown; the switch <c>--demo</c> sets it.</summary>
    /// <value>False by default.</value>
    public bool Enabled { get; set; }

    /// <summary>How many servers are simulated.</summary>
    /// <value>From 1 to 10,000; 20 by default.</value>
    [Range(1, 10_000)]
    public int Servers { get; set; } = 20;

    /// <summary>How much history the servers come with, hours; at most an hour less than <c>Engine:MemoryDays</c> is sent.</summary>
    /// <value>From 0 to 336; 168 by default, because the model looks at the same time of each of the last seven days.</value>
    [Range(0, 336)]
    public int BackfillHours { get; set; } = 168;

    /// <summary>How often every server sends a reading, seconds.</summary>
    /// <value>From 1 to 300; 5 by default.</value>
    [Range(1, 300)]
    public int IntervalSeconds { get; set; } = 5;

    /// <summary>Decides what the servers are like and what happens to them.</summary>
    /// <value>Any whole number; 17 by default, a fleet with few alarms of its own.</value>
    public int Seed { get; set; } = 17;

    /// <summary>What happens to one of the servers.</summary>
    /// <value><c>Healthy</c>, <c>Degrading</c> or <c>Critical</c>; <c>Degrading</c> by default, under way when the portal starts.</value>
    [EnumDataType(typeof(SimulationScenario))]
    public SimulationScenario Scenario { get; set; } = SimulationScenario.Degrading;
}
