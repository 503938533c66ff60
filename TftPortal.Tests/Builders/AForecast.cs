using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Builders;

/// <summary>A server's forecast: <c>AForecast.Of("web-01").With(Metric.MemUsedPercent, step => 60, spread: 5)</c>. It starts at the step after <see cref="AReading.Noon"/>'s.</summary>
internal sealed record AForecast
{
    /// <summary>Offsets of the seven quantiles, in spreads: those of a normal distribution.</summary>
    private static readonly float[] Normal = [-2.05f, -1.28f, -0.67f, 0, 0.67f, 1.28f, 2.05f];

    private readonly ImmutableArray<MetricForecast?> metrics;

    private AForecast(string server, ImmutableArray<MetricForecast?> metrics) => (Server, this.metrics) = (server, metrics);

    public string Server { get; }
    public long Revision { get; init; }
    public string Version { get; init; } = "tft-test";

    public static AForecast Of(string server) => new(server, [.. new MetricForecast?[MetricCatalog.Count]]);

    /// <summary>A metric whose median goes as given, 0 being the first step ahead, with a standard deviation.</summary>
    public AForecast With(Metric metric, Func<int, float> median, float spread = 0) =>
        new(Server, metrics.SetItem((int)metric, MetricForecast.From(metric, ForecastSource.Tft,
            [.. from step in Enumerable.Range(0, 96) from offset in Normal select Math.Max(0, median(step) + (offset * spread))])))
        {
            Revision = Revision,
            Version = Version,
        };

    public AForecast With(Metric metric, float median, float spread = 0) => With(metric, _ => median, spread);

    public ServerForecast Made() => new()
    {
        Server = Server,
        FirstStep = AReading.Noon.AddMinutes(5),
        ModelType = ForecastSource.Tft,
        ModelVersion = Version,
        MadeAt = AReading.Noon,
        Revision = Revision,
        Metrics = metrics,
    };
}
