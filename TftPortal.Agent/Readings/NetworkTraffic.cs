namespace TftPortal.Agent.Readings;

/// <summary>
/// Bytes received and sent a second between two readings, from <c>/proc/net/dev</c>, over the interfaces that <see cref="NetworkInterfaces"/> counts.
/// When a counted interface's counter went back (driver reloaded, 32 bits full), nobody knows what passed meanwhile: that reading lacks both metrics.
/// </summary>
/// <param name="root">The folder that <c>proc</c> and <c>sys</c> lie in.</param>
/// <param name="clock">Measures the time between two readings.</param>
internal sealed class NetworkTraffic(string root, TimeProvider clock) : IHostSource
{
    private const double BytesPerMegabyte = 1_000_000;

    private readonly NetworkInterfaces interfaces = new(root);
    private Dictionary<string, Bytes>? last;
    private long lastRead;

    public string Name => "/proc/net/dev";

    public void Read(HostReading reading)
    {
        var now = ReadCounters();
        var read = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(lastRead, read).TotalSeconds;
        var before = last;
        last = now;
        lastRead = read;
        if (before is null || seconds <= 0) return;

        double received = 0, sent = 0;
        var compared = 0;
        foreach (var name in interfaces.Counted(now.Keys))
        {
            if (!before.TryGetValue(name, out var old)) continue; // plugged in meanwhile: counted from the next reading on
            var current = now[name];
            if (current.Received < old.Received || current.Sent < old.Sent) return;
            received += current.Received - old.Received;
            sent += current.Sent - old.Sent;
            compared++;
        }

        if (compared == 0) return;
        reading.Set(HostMetric.NetIn, received / seconds / BytesPerMegabyte);
        reading.Set(HostMetric.NetOut, sent / seconds / BytesPerMegabyte);
    }

    private Dictionary<string, Bytes> ReadCounters()
    {
        var counters = new Dictionary<string, Bytes>(StringComparer.Ordinal);
        using var lines = new ProcLines(Path.Combine(root, "proc/net/dev"));
        while (lines.TryRead(out var line))
        {
            var colon = line.LastIndexOf((byte)':'); // the last one: an alias (eth0:1) has one in its name
            if (colon < 0) continue; // the two lines of headings
            var name = new ProcFields(line[..colon]).NextText();
            var fields = new ProcFields(line[(colon + 1)..]);
            var received = fields.NextCounter();
            fields.Skip(7);
            counters[name] = new(received, fields.NextCounter());
        }

        return counters;
    }

    private readonly record struct Bytes(ulong Received, ulong Sent);
}
