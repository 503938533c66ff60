using System.Runtime.InteropServices;
using TftPortal.Dashboard.Charts;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Dashboard.History;

/// <summary>A metric's past as a chart takes it: the mean, and round it the least and the largest.</summary>
internal static class PastChart
{
    /// <summary>Prepares a chart.</summary>
    /// <param name="metric">The metric; it has a value.</param>
    /// <param name="past">What it is a part of.</param>
    /// <param name="isFleet">Whether it is of all servers.</param>
    public static FanChartData Of(MetricPast metric, ServerPast past, bool isFleet)
    {
        var definition = MetricCatalog.Of(metric.Metric);
        var first = past.Times[0];
        var points = (int)((past.Times[^1] - first) / past.Bucket) + 1;
        var values = new float[3 * points];
        Array.Fill(values, float.NaN);
        for (var index = 0; index < past.Times.Length; index++)
        {
            var point = (int)((past.Times[index] - first) / past.Bucket);
            (values[point], values[points + point], values[(2 * points) + point]) = (metric.Mean[index], metric.Low[index], metric.High[index]);
        }

        var frame = new FanChartFrame(
            first.ToUnixTimeMilliseconds(), (long)past.Bucket.TotalMilliseconds, points, (first + (points * past.Bucket)).ToUnixTimeMilliseconds(), (long)past.Bucket.TotalMilliseconds, 0, past.Range.To.ToUnixTimeMilliseconds(),
            definition.Label, definition.Unit, float.IsFinite(definition.Maximum) ? definition.Maximum : null, null, null, "", HasSpan: true);
        return new(frame, MemoryMarshal.AsBytes<float>(values).ToArray(), Describe(definition, metric, isFleet));
    }

    private static string Describe(MetricDefinition definition, MetricPast metric, bool isFleet)
    {
        var known = metric.Mean.Where(float.IsFinite).ToList();
        return $"{definition.Label}{(isFleet ? " of the fleet" : "")}: mean {Figures.Of(definition, known.Average())}, "
            + $"from {Figures.Of(definition, metric.Low.Where(float.IsFinite).Min())} to {Figures.Of(definition, metric.High.Where(float.IsFinite).Max())}.";
    }
}
