using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Benchmarks.Past;

/// <summary>A simulated fleet's readings of a step of 5 minutes: one a server, in its middle; none of a server that is silent.</summary>
internal static class StepReadings
{
    /// <summary>Takes them; the fleet goes on to this step.</summary>
    /// <param name="fleet">The servers.</param>
    /// <param name="start">Start of the step.</param>
    public static ReadingBatch Take(IReadOnlyCollection<ServerSimulator> fleet, DateTimeOffset start)
    {
        var batch = new ReadingBatch(fleet.Count);
        Span<float> values = stackalloc float[MetricCatalog.Count];
        foreach (var server in fleet)
        {
            if (server.Advance(start, values)) batch.Add(server.Name, start.AddSeconds(150).ToUnixTimeMilliseconds(), server.Profile, server.Status, values);
        }

        return batch;
    }
}
