using System.Buffers;
using System.Text.Json;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Benchmarks.Load;

/// <summary>A simulated fleet whose readings are posted as agents post them.</summary>
internal sealed class LoadFleet
{
    private static readonly StepGrid Grid = new(300);

    private readonly TimeProvider clock;
    private readonly ServerSimulator[] servers;
    private readonly float[] values;
    private long step;

    /// <summary>Draws a fleet whose past begins a day ago.</summary>
    public LoadFleet(int servers, int seed, TimeProvider clock)
    {
        this.clock = clock;
        this.servers = [.. new FleetSimulator(servers, seed).Servers];
        values = [.. Enumerable.Repeat(float.NaN, servers * MetricCatalog.Count)];
        step = Grid.StepOf(clock.GetUtcNow()) - 288;
    }

    /// <summary>How many servers there are.</summary>
    public int Count => servers.Length;

    /// <summary>A day of the past, oldest first, a step of at most 500 servers a body.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Past()
    {
        for (var now = Grid.StepOf(clock.GetUtcNow()); step < now; step++)
        {
            Advance();
            for (var first = 0; first < Count; first += 500) yield return Body(first, Math.Min(500, Count - first), Grid.StartOf(step).AddMinutes(2.5));
        }

        Advance();
    }

    /// <summary>One reading of each of consecutive servers.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="time">When they were taken.</param>
    public ReadOnlyMemory<byte> Body(int first, int count, DateTimeOffset time)
    {
        var buffer = new ArrayBufferWriter<byte>(count * 480);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("records");
        for (var index = first; index < first + count; index++) Write(json, index, time);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    // A server that keeps silent in a step goes on sending what it last had: the load stays what was asked for.
    private void Advance()
    {
        Span<float> next = stackalloc float[MetricCatalog.Count];
        for (var index = 0; index < Count; index++)
        {
            if (servers[index].Advance(Grid.StartOf(step), next)) next.CopyTo(values.AsSpan(index * MetricCatalog.Count));
        }
    }

    private void Write(Utf8JsonWriter json, int index, DateTimeOffset time)
    {
        var server = servers[index];
        json.WriteStartObject();
        json.WriteString("timestamp", time);
        json.WriteString("server_name", server.Name);
        json.WriteString("profile", server.Profile.WireName());
        json.WriteString("status", server.Status.WireName());
        var any = false;
        foreach (var metric in MetricCatalog.All)
        {
            var value = values[(index * MetricCatalog.Count) + (int)metric.Metric];
            if (float.IsNaN(value)) continue;
            any = true;
            if (metric.IsInteger) json.WriteNumber(metric.Name, (long)value);
            else json.WriteNumber(metric.Name, Math.Round((decimal)value, 2));
        }

        if (!any) json.WriteNumber("load_average", 0); // nothing was ever heard of it yet, and a record must have a metric
        json.WriteEndObject();
    }
}
