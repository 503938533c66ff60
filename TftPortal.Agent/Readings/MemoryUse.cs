namespace TftPortal.Agent.Readings;

/// <summary>
/// Memory and swap from <c>/proc/meminfo</c>. Memory in use is what is not available to a new process: the kernel's caches, which it gives back, do not count.
/// A host without swap has no swap to be full, and the metric is missing.
/// </summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
internal sealed class MemoryUse(string root) : IHostSource
{
    public string Name => "/proc/meminfo";

    public void Read(HostReading reading)
    {
        double memory = double.NaN, available = double.NaN, swap = double.NaN, swapFree = double.NaN;
        using var lines = new ProcLines(Path.Combine(root, "proc/meminfo"));
        while (lines.TryRead(out var line))
        {
            var fields = new ProcFields(line);
            if (!fields.TryNext(out var name)) continue;
            if (name.SequenceEqual("MemTotal:"u8)) memory = fields.NextCounter();
            else if (name.SequenceEqual("MemAvailable:"u8)) available = fields.NextCounter();
            else if (name.SequenceEqual("SwapTotal:"u8)) swap = fields.NextCounter();
            else if (name.SequenceEqual("SwapFree:"u8)) swapFree = fields.NextCounter();
        }

        if (memory > 0) reading.Set(HostMetric.MemUsed, (memory - available) / memory * 100);
        if (swap > 0) reading.Set(HostMetric.SwapUsed, (swap - swapFree) / swap * 100);
    }
}
