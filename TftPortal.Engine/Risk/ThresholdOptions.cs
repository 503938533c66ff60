using System.Text.Json.Serialization;

namespace TftPortal.Engine.Risk;

/// <summary>The settings <c>Alerts:Thresholds:*</c>: from which value on something is a danger. Sources: CONTRACT of the system that this one replaces, and its profiles.</summary>
public sealed class ThresholdOptions
{
    /// <summary>By what is measured (a metric's wire name, or <c>cpu_used_pct</c> for 100 − idle), for every server.</summary>
    /// <value>cpu_used_pct and cpu_user_pct 85/95, mem_used_pct 90/98, cpu_iowait_pct 20/30, swap_used_pct 25/50, disk_usage_pct 85/95, load_average 8/12 by default; cpu, iowait and load are raised from a probability of .3 and held down to .15: bursts are never more certain. Memory is raised from .6 and held down to .3 (docs/decisions/alerts.md).</value>
    public Dictionary<string, Threshold> Default { get; } = new(StringComparer.Ordinal)
    {
        ["cpu_used_pct"] = Burst(85, 95),
        ["cpu_user_pct"] = Burst(85, 95),
        ["mem_used_pct"] = Memory(90, 98),
        ["cpu_iowait_pct"] = Burst(20, 30),
        ["swap_used_pct"] = new() { Warning = 25, Critical = 50 },
        ["disk_usage_pct"] = new() { Warning = 85, Critical = 95 },
        ["load_average"] = Burst(8, 12),
    };

    /// <summary>The same by profile's wire name, instead of <see cref="Default"/> for its servers.</summary>
    /// <value>database: mem_used_pct 95/99 by default: a database fills the memory that it is given.</value>
    public Dictionary<string, Dictionary<string, Threshold>> Profiles { get; } = new(StringComparer.Ordinal)
    {
        ["database"] = new(StringComparer.Ordinal) { ["mem_used_pct"] = Memory(95, 99) },
    };

    private static Threshold Memory(float warning, float critical) => new() { Warning = warning, Critical = critical, RaiseProbability = .6, ClearProbability = .3 };

    private static Threshold Burst(float warning, float critical) => new() { Warning = warning, Critical = critical, RaiseProbability = .3, ClearProbability = .15 };
}

/// <summary>From which value on something is a warning, and from which it is critical; the value itself counts.</summary>
public sealed record Threshold
{
    /// <summary>From here on a warning, in the metric's unit.</summary>
    public float Warning { get; init; }

    /// <summary>From here on critical, in the metric's unit; at least <see cref="Warning"/>.</summary>
    public float Critical { get; init; }

    /// <summary>Probability of reaching it within the look-ahead from which an alert is raised, 0.01 to 1; <c>Alerts:RaiseProbability</c> where null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RaiseProbability { get; init; }

    /// <summary>Probability below which the alert may clear, at most <see cref="RaiseProbability"/>; <c>Alerts:ClearProbability</c> where null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ClearProbability { get; init; }
}
