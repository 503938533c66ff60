using System.Runtime.CompilerServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Hubs;

/// <summary>One server at a moment, with its forecasts.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Profile">What it is for, by its name on the wire.</param>
/// <param name="LastSeen">When its newest reading was taken.</param>
/// <param name="RiskScore">0 (nothing to see) to 100 (act now).</param>
/// <param name="RiskLevel"><c>healthy</c>, <c>degrading</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Probability30m">Probability of a critical value within 30 minutes, 0–1.</param>
/// <param name="Probability8h">The same within 8 hours.</param>
/// <param name="Foreseen">Thresholds that will be reached, the soonest first.</param>
/// <param name="ModelType"><c>tft</c> or <c>baseline</c>.</param>
/// <param name="ModelVersion">Of which version.</param>
/// <param name="FirstStep">When the first step of the forecasts begins.</param>
/// <param name="StepSeconds">How long a step is.</param>
/// <param name="Metrics">By the metric's name on the wire; only those that it sends.</param>
public sealed record ServerFrame(
    string Server, string Profile, DateTimeOffset LastSeen, double RiskScore, string RiskLevel, double Probability30m, double Probability8h, IReadOnlyList<ForeseenBreach> Foreseen,
    string ModelType, string ModelVersion, DateTimeOffset FirstStep, int StepSeconds, IReadOnlyDictionary<string, MetricFrame> Metrics)
{
    private static readonly ConditionalWeakTable<ServerOutlook, ServerFrame> Made = [];

    /// <summary>A server's frame; the same object for everybody who follows it.</summary>
    public static ServerFrame Of(ServerOutlook server, StepGrid grid) => Made.GetValue(server, one => Make(one, grid));

    /// <summary>Whether two pictures of a server give the same frame.</summary>
    public static bool AreSame(ServerOutlook one, ServerOutlook other) =>
        ReferenceEquals(one.Forecast, other.Forecast) && ReferenceEquals(one.Server, other.Server) && one.Risk.Value.Equals(other.Risk.Value) && one.Risk.Foreseen.SequenceEqual(other.Risk.Foreseen);

    private static ServerFrame Make(ServerOutlook server, StepGrid grid) => new(
        server.Server.Name,
        server.Server.Profile.WireName(),
        server.Server.LastSeen,
        server.Risk.Value,
        server.Risk.Level.ToString().ToLowerInvariant(),
        server.Risk.ProbabilityIn30Minutes,
        server.Risk.ProbabilityIn8Hours,
        [.. server.Risk.Foreseen.Select(breach => new ForeseenBreach(breach.Measure, breach.Threshold, breach.IsCritical ? "critical" : "warning", breach.At, breach.Probability))],
        server.Forecast.ModelType == ForecastSource.Tft ? "tft" : "baseline",
        server.Forecast.ModelVersion,
        server.Forecast.FirstStep,
        (int)grid.Length.TotalSeconds,
        MetricCatalog.All.Where(metric => server.Forecast.Of(metric.Metric) is not null).ToDictionary(metric => metric.Name, metric => MetricFrame.Of(server.Server.Latest[(int)metric.Metric], server.Forecast.Of(metric.Metric)!), StringComparer.Ordinal));
}

/// <summary>A threshold that will be reached.</summary>
/// <param name="Metric">Of what: a metric's name on the wire, or <c>cpu_used_pct</c>.</param>
/// <param name="Threshold">In the metric's unit.</param>
/// <param name="Severity"><c>warning</c> or <c>critical</c>.</param>
/// <param name="At">About when.</param>
/// <param name="Probability">Within 8 hours, 0–1.</param>
public sealed record ForeseenBreach(string Metric, double Threshold, string Severity, DateTimeOffset At, double Probability);

/// <summary>A metric's newest value and its forecast, one value a step.</summary>
/// <param name="Current">The newest value; null where it was never sent.</param>
/// <param name="P10">The 10 % quantile.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90 % quantile.</param>
public sealed record MetricFrame(float? Current, IReadOnlyList<float> P10, IReadOnlyList<float> P50, IReadOnlyList<float> P90)
{
    private const int Tenth = 1, Median = 3, Ninetieth = 5; // of QuantileLevels

    internal static MetricFrame Of(float current, MetricForecast forecast) => new(float.IsNaN(current) ? null : current, Line(forecast, Tenth), Line(forecast, Median), Line(forecast, Ninetieth));

    private static float[] Line(MetricForecast forecast, int quantile)
    {
        var values = new float[forecast.Steps];
        forecast.CopyTo(quantile, values);
        for (var step = 0; step < values.Length; step++) values[step] = MathF.Round(values[step], 3);
        return values;
    }
}
