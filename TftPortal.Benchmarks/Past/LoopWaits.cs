using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Benchmarks.Past;

/// <summary>Applies a batch of 20 readings to a window every millisecond, as the loop does, and measures how long each took from when it was due.</summary>
internal sealed class LoopWaits(TimeProvider clock)
{
    private readonly FleetWindow window = new(new() { Grid = new(300) });

    /// <summary>Measures while something else runs on another thread.</summary>
    public (TimeSpan Longest, TimeSpan P99) During(Action work)
    {
        var working = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        List<TimeSpan> waits = [];
        Span<float> values = stackalloc float[MetricCatalog.Count];
        values.Fill(50);
        while (!working.IsCompleted)
        {
            var began = clock.GetTimestamp();
            Task.Delay(TimeSpan.FromMilliseconds(1), clock).GetAwaiter().GetResult();
            var batch = new ReadingBatch(20);
            for (var server = 0; server < 20; server++) batch.Add(string.Create(CultureInfo.InvariantCulture, $"srv-{server}"), clock.GetUtcNow().ToUnixTimeMilliseconds(), ServerProfile.Generic, ServerStatus.Healthy, values);
            window.Apply(batch, clock.GetUtcNow());
            waits.Add(clock.GetElapsedTime(began));
        }

        working.GetAwaiter().GetResult();
        waits.Sort();
        return waits.Count == 0 ? default : (waits[^1], waits[(int)(waits.Count * 0.99)]);
    }
}
