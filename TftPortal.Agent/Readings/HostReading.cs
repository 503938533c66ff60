using System.Collections.Immutable;

namespace TftPortal.Agent.Readings;

/// <summary>A source that stopped giving its metrics.</summary>
/// <param name="Source">What could not be read, for example <c>/proc/meminfo</c>.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record SourceFault(string Source, string Reason);

/// <summary>What the host gave at one moment. A metric that it cannot give is missing, never 0.</summary>
public sealed class HostReading
{
    private readonly double[] values = new double[HostMetrics.Count];

    /// <summary>An empty reading.</summary>
    /// <param name="time">When it is taken.</param>
    public HostReading(DateTimeOffset time)
    {
        Time = time;
        Array.Fill(values, double.NaN);
    }

    /// <summary>When the reading was taken.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Sources that failed in this reading and had not failed in the one before: each outage is named once.</summary>
    public ImmutableArray<SourceFault> NewFaults { get; internal set; } = [];

    /// <summary>How many metrics the reading has, 0 to 14.</summary>
    public int Count => values.Count(value => !double.IsNaN(value));

    /// <summary>The value of a metric in its unit; NaN where it is missing.</summary>
    public double this[HostMetric metric] => values[(int)metric];

    /// <summary>Whether the reading has a metric.</summary>
    public bool Has(HostMetric metric) => !double.IsNaN(values[(int)metric]);

    /// <summary>Notes a value. Rounding may carry a percentage a hair out of 0–100: it is brought back. What is negative or no number stays missing.</summary>
    internal void Set(HostMetric metric, double value)
    {
        if (!double.IsFinite(value)) return;
        if (metric.IsPercentage()) value = Math.Clamp(value, 0, 100);
        if (value >= 0) values[(int)metric] = value;
    }
}
