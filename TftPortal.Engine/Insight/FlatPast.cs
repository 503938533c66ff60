using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>A server as it would be had one metric stayed flat: see <see cref="Counterfactual"/>.</summary>
/// <param name="Server">The server, all else as it was.</param>
/// <param name="Metric">Which metric.</param>
/// <param name="Since">From when it is held.</param>
/// <param name="Level">At what level.</param>
internal sealed record FlatPast(ServerSnapshot Server, MetricDefinition Metric, DateTimeOffset Since, double Level)
{
    /// <summary>Holds a metric flat from where its newest move began.</summary>
    public static FlatPast Of(ServerSnapshot server, MetricPast past, Heading heading, long firstStep)
    {
        var moved = past.Moved(heading);
        var metric = past.Metric.Metric;
        return new(
            server with { History = server.History.Held(metric, past.StepOf(moved.Start), firstStep, moved.Before), Latest = server.Latest.SetItem((int)metric, moved.Before) },
            past.Metric, past.TimeOf(moved.Start), moved.Before);
    }
}
