using System.ComponentModel.DataAnnotations;

namespace TftPortal.Engine.Alerts;

/// <summary>The settings <c>Alerts:*</c>; the thresholds are at <c>Alerts:Thresholds</c>.</summary>
public sealed class AlertOptions
{
    /// <summary>How far ahead an alert looks, minutes.</summary>
    /// <value>From 5 to 480; 60 by default.</value>
    [Range(5, 480)]
    public int LookAheadMinutes { get; set; } = 60;

    /// <summary>Probability of reaching the threshold within the look-ahead from which an alert is raised.</summary>
    /// <value>From 0.01 to 1; 0.5 by default.</value>
    [Range(0.01, 1.0)]
    public double RaiseProbability { get; set; } = 0.5;

    /// <summary>Probability below which an alert may clear; between the two it holds.</summary>
    /// <value>From 0 to 1, at most <see cref="RaiseProbability"/>; 0.3 by default.</value>
    [Range(0.0, 1.0)]
    public double ClearProbability { get; set; } = 0.3;

    /// <summary>How long an alert must stay below <see cref="ClearProbability"/> and its threshold before it clears, minutes.</summary>
    /// <value>From 0 to 1440; 10 by default.</value>
    [Range(0, 1440)]
    public int ClearAfterMinutes { get; set; } = 10;
}
