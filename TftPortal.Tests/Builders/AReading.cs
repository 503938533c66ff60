using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Builders;

/// <summary>A reading, saying only what matters: <c>AReading.From("web-01").WithCpu(97)</c>.</summary>
internal sealed record AReading
{
    /// <summary>When readings are taken unless they say otherwise: a Tuesday, 12:00 UTC, the start of a 5-minute step.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly float[] values = [.. Enumerable.Repeat(float.NaN, MetricCatalog.Count)];

    private AReading(string server) => Server = server;

    public string Server { get; }
    public DateTimeOffset Time { get; private init; } = Noon;
    public ServerProfile Profile { get; private init; }
    public ServerStatus Status { get; private init; }
    public ReadOnlySpan<float> Values => values;

    public static AReading From(string server) => new(server);

    public AReading At(DateTimeOffset time) => this with { Time = time };

    public AReading WithProfile(ServerProfile profile) => this with { Profile = profile };

    public AReading WithStatus(ServerStatus status) => this with { Status = status };

    public AReading With(Metric metric, float value)
    {
        var copy = new AReading(Server) { Time = Time, Profile = Profile, Status = Status };
        values.CopyTo(copy.values, 0);
        copy.values[(int)metric] = value;
        return copy;
    }

    /// <summary>CPU in use: idle is the rest.</summary>
    public AReading WithCpu(float used) => With(Metric.CpuIdlePercent, 100 - used);

    public AReading WithMemory(float percent) => With(Metric.MemUsedPercent, percent);

    public AReading WithIowait(float percent) => With(Metric.CpuIowaitPercent, percent);

    public AReading WithUptime(float days) => With(Metric.UptimeDays, days);

    public ReadingBatch Batch(bool isSimulated = false) => ABatch.Of([this], isSimulated);
}
