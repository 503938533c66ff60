using TftPortal.Engine.Fleet;
using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>Makes an image of the window from readings that another program, or another time grid, left.</summary>
/// <param name="limits">The window's.</param>
internal sealed class LegacyImage(WindowLimits limits)
{
    /// <summary>The window as the old daemon had it, at the time of its newest reading: what is too old by now is forgotten by the window itself, and not here.</summary>
    public WindowImage Of(LegacyState state, DateTimeOffset now)
    {
        var newest = NewestOf(state.Readings, state.Timestamp ?? now);
        var readings = Applied(state.Readings, newest < now ? newest : now);
        return readings with
        {
            Tick = state.TickCount,
            Servers = [.. readings.Servers.Select(server => server with { Timesteps = state.ServerTimesteps.GetValueOrDefault(server.Snapshot.Name, server.Timesteps) })],
        };
    }

    /// <summary>The same window on this grid: of each step one reading, at its middle. What the steps were made of is lost, their values are not.</summary>
    public WindowImage OnOurGrid(WindowImage image)
    {
        var batch = new ReadingBatch();
        Span<float> values = stackalloc float[MetricCatalog.Count];
        foreach (var server in image.Servers.Select(server => server.Snapshot))
        {
            for (var step = server.History.OldestStep; step < server.History.EndStep; step++)
            {
                if (server.History.ReadingsIn(step) == 0) continue;
                foreach (var metric in MetricCatalog.All) values[(int)metric.Metric] = server.History.At(metric.Metric, step);
                var middle = image.Grid.StartOf(step).ToUnixTimeMilliseconds() + (image.Grid.StepMilliseconds / 2);
                batch.Add(server.Name, Math.Min(middle, image.Time.ToUnixTimeMilliseconds()), server.Profile, server.Status, values);
            }
        }

        return Applied(batch, image.Time) with { Tick = image.Tick };
    }

    private WindowImage Applied(ReadingBatch batch, DateTimeOffset now)
    {
        var window = new FleetWindow(limits);
        window.Apply(batch, now);
        return window.Image(now);
    }

    private static DateTimeOffset NewestOf(ReadingBatch batch, DateTimeOffset otherwise)
    {
        var newest = long.MinValue;
        for (var index = 0; index < batch.Count; index++) newest = Math.Max(newest, batch.UnixMilliseconds(index));
        return newest == long.MinValue ? otherwise : DateTimeOffset.FromUnixTimeMilliseconds(newest);
    }
}
