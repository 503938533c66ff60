using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Rooms;

/// <summary>A window with a simulated fleet's past, one reading a step; the readings that follow are the fleet's last ones, taken again.</summary>
internal sealed class SimulatedWindow
{
    private readonly StepGrid grid = new(300);
    private readonly ServerSimulator[] fleet;
    private readonly float[] values;
    private DateTimeOffset now;

    /// <summary>Fills it.</summary>
    /// <param name="servers">Servers of the fleet.</param>
    /// <param name="steps">Steps of the past, up to the one that runs.</param>
    /// <param name="now">The time.</param>
    public SimulatedWindow(int servers, int steps, DateTimeOffset now)
    {
        this.now = now;
        fleet = [.. new FleetSimulator(servers, seed: 17).Servers];
        values = [.. Enumerable.Repeat(float.NaN, servers * MetricCatalog.Count)];
        Window = new(new() { Grid = grid, MaxServers = servers });
        Span<float> next = stackalloc float[MetricCatalog.Count];
        for (var step = grid.StepOf(now) - steps; step < grid.StepOf(now); step++)
        {
            var batch = new ReadingBatch(servers);
            for (var index = 0; index < servers; index++)
            {
                if (!fleet[index].Advance(grid.StartOf(step), next)) continue;
                next.CopyTo(values.AsSpan(index * MetricCatalog.Count));
                batch.Add(fleet[index].Name, grid.StartOf(step).AddSeconds(150).ToUnixTimeMilliseconds(), fleet[index].Profile, fleet[index].Status, next);
            }

            Window.Apply(batch, now);
        }
    }

    /// <summary>The window.</summary>
    public FleetWindow Window { get; }

    /// <summary>The time of the newest readings.</summary>
    public DateTimeOffset Now => now;

    /// <summary>A reading of each of the first servers, 15 s after the one before.</summary>
    /// <param name="servers">How many.</param>
    public ReadingBatch Next(int servers)
    {
        now = now.AddSeconds(15);
        var batch = new ReadingBatch(servers);
        for (var index = 0; index < servers; index++)
            batch.Add(fleet[index].Name, now.ToUnixTimeMilliseconds(), fleet[index].Profile, fleet[index].Status, values.AsSpan(index * MetricCatalog.Count, MetricCatalog.Count));
        return batch;
    }
}
