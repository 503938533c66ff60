using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Simulation;

/// <summary>A simulated server's steps, written down.</summary>
internal sealed class SimulatedSeries
{
    /// <summary>A Monday, midnight.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly List<float[]> steps = [];

    public IReadOnlyList<float[]> Steps => steps;

    public int Silent { get; private set; }

    public static SimulatedSeries Of(ServerSimulator server, int days)
    {
        var series = new SimulatedSeries();
        for (var step = 0; step < days * 288; step++)
        {
            var values = new float[MetricCatalog.Count];
            if (!server.Advance(TimeOf(step), values)) series.Silent++;
            series.steps.Add(values);
        }

        return series;
    }

    public static DateTimeOffset TimeOf(int step) => Start.AddMinutes(5 * step);

    public IEnumerable<(int Step, float Value)> Of(Metric metric) =>
        steps.Select((values, step) => (step, values[(int)metric])).Where(point => !float.IsNaN(point.Item2));

    public float Mean(Metric metric, Func<DateTimeOffset, bool> when) =>
        Of(metric).Where(point => when(TimeOf(point.Step))).Average(point => point.Value);
}
