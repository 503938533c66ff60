using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Server;

/// <summary>A threshold that somebody moves in a metric's chart, in the chart's unit. CPU idle is judged as its complement.</summary>
/// <param name="Metric">The chart's metric.</param>
/// <param name="Value">Where it stands in the chart.</param>
/// <param name="IsBelow">Whether the danger lies below it in the chart.</param>
public sealed record MovedThreshold(MetricDefinition Metric, float Value, bool IsBelow)
{
    private bool IsIdle => Metric.Metric == Engine.Fleet.Metric.CpuIdlePercent;

    private string Measure => IsIdle ? Readouts.CpuUsedMeasure : Metric.Name;

    private float AsMeasured => IsIdle ? 100 - Value : Value;

    /// <summary>Reads what somebody wrote.</summary>
    /// <param name="text">A number in the metric's range, with a point.</param>
    /// <param name="metric">The chart's metric.</param>
    /// <param name="isBelow">Whether the danger lies below.</param>
    /// <returns>The threshold; null where it is no number in range.</returns>
    public static MovedThreshold? Read(string? text, MetricDefinition metric, bool isBelow) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= Math.Min(metric.Maximum, float.MaxValue) ? new(metric, value, isBelow) : null;

    /// <summary>What the engine says of it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="outlook">The picture.</param>
    /// <param name="ask">How much of the past and of the forecast is looked at.</param>
    public Supposition Ask(ServerOutlook server, FleetOutlook outlook, ServerAsk ask) =>
        Supposition.Of(server, outlook, Measure, IsBelow != IsIdle, AsMeasured, ask.PastLength, ask.AheadLength);

    /// <summary>The address of a back-test of it as a rule.</summary>
    /// <param name="server">Name of the server.</param>
    public string Backtest(string server) => QueryHelpers.AddQueryString("alerts/backtest", new Dictionary<string, string?>
    {
        ["metric"] = Measure,
        ["servers"] = server,
        ["warning"] = AsMeasured.ToString("G6", CultureInfo.InvariantCulture),
    });
}
