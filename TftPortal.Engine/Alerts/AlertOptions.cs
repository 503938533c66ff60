using System.ComponentModel.DataAnnotations;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

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

    /// <summary>In how many pictures one after the other a danger must show before an alert is raised.</summary>
    /// <value>From 1 to 100; 1 by default: the probability that it needs is measured with 1.</value>
    [Range(1, 100)]
    public int RaiseCycles { get; set; } = 1;

    /// <summary>Rules for some metrics and servers; <see cref="AlertRule"/> says which decides. Id, By and ChangedAt are not for settings.</summary>
    /// <value>None by default.</value>
    public List<AlertRule> Rules { get; } = [];

    /// <summary>How much evidence of alerts is kept beside the state, MiB; the oldest goes first. How long: as the history's alerts, <c>History:HourlyDays</c>.</summary>
    /// <value>From 0, which keeps none, to 1,048,576; 1,024 by default.</value>
    [Range(0, 1_048_576)]
    public int EvidenceMegabytes { get; set; } = 1024;

    /// <summary>How many steps ahead count for a watch: 1 to 96.</summary>
    internal int LookAheadSteps(Watch? watch, StepGrid grid) =>
        Math.Clamp((int)Math.Ceiling(TimeSpan.FromMinutes(watch?.LookAheadMinutes ?? LookAheadMinutes) / grid.Length), 1, 96);

    /// <summary>From which probability on a watch raises.</summary>
    internal double RaiseFrom(Watch watch) => watch.Threshold.RaiseProbability ?? RaiseProbability;
}
