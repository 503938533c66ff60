using System.ComponentModel.DataAnnotations;
using TftPortal.Agent.Readings;

namespace TftPortal.SelfMonitoring;

/// <summary>The settings <c>Agent:*</c>: how the portal reads the host that it runs on.</summary>
public sealed class SelfMonitorOptions
{
    /// <summary>Whether the portal feeds itself its own host's metrics.</summary>
    /// <value>True by default, so that a first start shows a real server; Linux only.</value>
    public bool SelfMonitor { get; set; } = true;

    /// <summary>Time from one reading to the next, seconds.</summary>
    /// <value>From 1 to 3600; 15 by default.</value>
    [Range(1, 3600, ErrorMessage = "Agent:IntervalSeconds must be from 1 to 3600.")]
    public int IntervalSeconds { get; set; } = 15;

    /// <summary>The name that the host appears under.</summary>
    /// <value>A letter or digit, then up to 252 letters, digits and <c>. _ : -</c>; the host's own name by default.</value>
    [RegularExpression(HostName.Pattern, ErrorMessage = "Agent:Name must be a letter or digit, then up to 252 letters, digits or . _ : -")]
    public string? Name { get; set; }
}
