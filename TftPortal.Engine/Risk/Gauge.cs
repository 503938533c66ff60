using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>Something of a server in which high is a danger: a metric, or CPU in use, which is 100 − idle.</summary>
/// <param name="Name">The metric's wire name, or <c>cpu_used_pct</c>.</param>
/// <param name="Label">Its name in a sentence.</param>
/// <param name="Metric">The metric that it is read from.</param>
/// <param name="IsInverted">Whether it is 100 − the metric.</param>
internal sealed record Gauge(string Name, string Label, Metric Metric, bool IsInverted)
{
    /// <summary>Name of 100 − idle.</summary>
    public const string CpuUsed = "cpu_used_pct";

    /// <summary>Every gauge that can have a threshold. High idle is not a danger; everything else may be declared one.</summary>
    public static ImmutableArray<Gauge> All { get; } =
    [
        new(CpuUsed, "CPU", Metric.CpuIdlePercent, IsInverted: true),
        .. MetricCatalog.All.Where(metric => metric.Metric != Metric.CpuIdlePercent)
            .Select(metric => new Gauge(metric.Name, InSentence(metric.Label), metric.Metric, IsInverted: false)),
    ];

    /// <summary>Unit for a person.</summary>
    public string Unit => MetricCatalog.Of(Metric).Unit;

    /// <summary>Finds a gauge by its name; case matters.</summary>
    public static bool TryFind(string name, out Gauge gauge) => (gauge = All.FirstOrDefault(candidate => candidate.Name == name)!) is not null;

    /// <summary>The newest value; NaN where the server never sent it.</summary>
    public float LatestOf(ServerSnapshot server) => Read(server.Latest[(int)Metric]);

    /// <summary>A quantile in a step.</summary>
    /// <param name="forecast">The forecast of <see cref="Metric"/>.</param>
    /// <param name="quantile">Index into <see cref="QuantileLevels.All"/>: of the gauge, not of the metric.</param>
    /// <param name="step">0 is the first step ahead.</param>
    public float At(MetricForecast forecast, int quantile, int step) =>
        Read(forecast.At(IsInverted ? QuantileLevels.Count - 1 - quantile : quantile, step));

    /// <summary>Whether a forecast value counts as a threshold reached: within what the forecast's 16-bit codes resolve.</summary>
    public bool IsReached(float value, float threshold) => value >= threshold - Resolution(threshold);

    /// <summary>The probability that the gauge is at or above a threshold in a step. See <see cref="IsReached"/>.</summary>
    public double ProbabilityAtOrAbove(MetricForecast forecast, float threshold, int step)
    {
        if (IsInverted) return 1 - forecast.ProbabilityAtOrAbove(100 - threshold + Resolution(threshold), step);
        return forecast.ProbabilityAtOrAbove(threshold - Resolution(threshold), step);
    }

    /// <summary>The probability that a threshold is reached within the first steps: see <see cref="AnyStep"/>.</summary>
    public double ProbabilityWithin(MetricForecast forecast, float threshold, int steps)
    {
        Span<double> probabilities = stackalloc double[Math.Min(steps, forecast.Steps)];
        for (var step = 0; step < probabilities.Length; step++) probabilities[step] = ProbabilityAtOrAbove(forecast, threshold, step);
        return AnyStep.Probability(probabilities);
    }

    private float Resolution(float threshold) => MetricCatalog.Of(Metric).IsPercentage ? 0.001f : threshold * 0.0005f;

    private float Read(float value) => IsInverted ? 100 - value : value;

    // "CPU user" and "I/O wait" keep their capitals, "Memory" becomes "memory".
    private static string InSentence(string label) => label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
