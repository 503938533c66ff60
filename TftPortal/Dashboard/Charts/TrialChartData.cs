using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Charts;

/// <summary>What a chart of a back-test needs beside its numbers. The names are read by <c>wwwroot/js/trial-chart.js</c>.</summary>
/// <param name="FirstMilliseconds">When the first point begins, since 1970 UTC.</param>
/// <param name="PointMilliseconds">The time that a point stands for.</param>
/// <param name="Unit">The metric's unit; empty for a plain number.</param>
/// <param name="Maximum">Its largest valid value; null where there is none.</param>
/// <param name="Threshold">From where on something was an incident.</param>
/// <param name="Incidents">When it was in one: starts and ends in turn.</param>
/// <param name="Tried">When the rule would have alerted.</param>
/// <param name="Today">When the rules as they stand would have.</param>
public sealed record TrialChartFrame(long FirstMilliseconds, long PointMilliseconds, string Unit, float? Maximum, float Threshold, ImmutableArray<long> Incidents, ImmutableArray<long> Tried, ImmutableArray<long> Today);

/// <summary>A server's past in a back-test as a browser takes it: a frame, and a value a point as little-endian float32, NaN where there is none.</summary>
/// <param name="Frame">What stands round the numbers.</param>
/// <param name="Values">Of a point's steps the one that is nearest to danger.</param>
/// <param name="Summary">The chart in words, for who cannot see it.</param>
public sealed record TrialChartData(TrialChartFrame Frame, byte[] Values, string Summary) : IChartData
{
    object IChartData.Frame => Frame;

    private const int MostPoints = 800;

    /// <summary>Prepares a chart.</summary>
    public static TrialChartData Of(TriedServer server, BacktestResult result, string measure)
    {
        var together = Math.Max(1, (int)Math.Ceiling(server.Values.Length / (double)MostPoints));
        var values = server.Values.Chunk(together).Select(steps => Worst(steps, server.IsBelow)).ToArray();
        var frame = new TrialChartFrame(
            At(0), (long)(together * result.Step.TotalMilliseconds), measure == Readouts.CpuUsedMeasure || !MetricCatalog.TryFind(measure, out var metric) ? "%" : metric.Unit,
            measure == Readouts.CpuUsedMeasure ? 100 : MetricCatalog.TryFind(measure, out metric) && float.IsFinite(metric.Maximum) ? metric.Maximum : null,
            server.IncidentFrom, [.. server.Incidents.SelectMany(incident => (long[])[At(incident.From), At(incident.Until)])], [.. server.Tried.Select(firing => At(firing.Step))], [.. server.Today.Select(firing => At(firing.Step))]);
        return new(frame, MemoryMarshal.AsBytes<float>(values).ToArray(),
            $"{Names.OfMeasure(measure)} of {server.Name}: {server.Incidents.Length} incidents; this rule would have alerted {server.Tried.Length} times, the rules as they stand {server.Today.Length} times. The table below has each.");

        long At(int step) => (result.FirstStep + (step * result.Step)).ToUnixTimeMilliseconds();
    }

    private static float Worst(float[] steps, bool isBelow)
    {
        var known = steps.Where(float.IsFinite).ToArray();
        return known.Length == 0 ? float.NaN : isBelow ? known.Min() : known.Max();
    }
}
