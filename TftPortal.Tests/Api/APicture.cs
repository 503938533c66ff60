using System.Collections.Frozen;
using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Api;

/// <summary>Pictures for tests of what is said of them.</summary>
internal static class APicture
{
    public static DateTimeOffset Time { get; } = new(2026, 11, 24, 2, 0, 10, TimeSpan.Zero);

    public static StepGrid Grid { get; } = new(300);

    public static FleetOutlook Of(params ServerOutlook[] servers) => new()
    {
        Sequence = 1,
        Time = Time,
        Grid = Grid,
        FirstStep = Grid.StepOf(Time) + 1,
        HorizonSteps = 96,
        ModelVersion = "default-1",
        Counts = new(7, 600, servers.Length, servers.Length, 30, 12),
        Servers = [.. servers],
        ByName = servers.ToFrozenDictionary(server => server.Server.Name, StringComparer.Ordinal),
        Alerts = [.. servers.Select(server => AlertOf(server.Server.Name))],
        Health = new(0.25, 0.5, 1, "warning"),
    };

    public static ServerOutlook Server(string name, ForecastSource source = ForecastSource.Tft, bool isSimulated = false, float level = 40, long revision = 1) => new(
        new()
        {
            Name = name,
            Profile = ServerProfile.Database,
            Status = ServerStatus.Healthy,
            IsSimulated = isSimulated,
            LastSeen = Time,
            Latest = [.. MetricCatalog.All.Select(metric => metric.Metric == Metric.SwapUsedPercent ? float.NaN : level)],
            LatestAt = [.. MetricCatalog.All.Select(_ => Time)],
            History = ServerHistory.Empty,
            Records = 30,
            Revision = revision,
        },
        new()
        {
            Server = name,
            FirstStep = Grid.StartOf(Grid.StepOf(Time) + 1),
            ModelType = source,
            ModelVersion = "default-1",
            MadeAt = Time,
            Revision = revision,
            Metrics = [.. MetricCatalog.All.Select(metric => Forecast(metric.Metric, metric.Metric == Metric.UptimeDays ? ForecastSource.Computed : source, level))],
        },
        new(62.34, RiskLevel.Warning, 0.1, 0.4, null));

    private static MetricForecast? Forecast(Metric metric, ForecastSource source, float level)
    {
        if (metric == Metric.JavaCpuPercent) return null; // a server without Java
        var quantiles = new float[96 * QuantileLevels.Count];
        for (var i = 0; i < quantiles.Length; i++) quantiles[i] = level + (i % QuantileLevels.Count) + (i / 1000f);
        return MetricForecast.From(metric, source, quantiles);
    }

    private static Alert AlertOf(string server) => new()
    {
        Id = Guid.Parse("0199aaaa-0000-7000-8000-000000000001"),
        Server = server,
        Metric = "cpu_used_pct",
        Severity = AlertSeverity.Critical,
        State = AlertState.Predicted,
        PredictedValue = 96.123,
        Threshold = 95,
        StepsAhead = 3,
        MinutesAhead = 15,
        Probability = 0.81,
        StartedAt = Time,
        BreachAt = Time.AddMinutes(15),
        ModelVersion = "default-1",
        Message = $"{server}: CPU used predicted to reach 96.1 %",
    };
}
