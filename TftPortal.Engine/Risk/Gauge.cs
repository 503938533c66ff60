using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>
/// Something of a server in which high is a danger: a metric, or CPU in use, which is 100 − idle. Where a rule says that low is the danger, the gauge reads the negative: high is a danger in every gauge,
/// and what shows is turned round again (<see cref="Shown"/>).
/// </summary>
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

    /// <summary>Whether low is the danger.</summary>
    public bool IsBelow { get; init; }

    /// <summary>Unit for a person.</summary>
    public string Unit => MetricCatalog.Of(Metric).Unit;

    /// <summary>
    /// Whether it comes in bursts, as load does, rather than filling up, as memory, swap and disks do. A burst is judged by what earlier ones came to as well (<see cref="Precedents"/>);
    /// what fills up goes where it has never been, and its past says nothing of that.
    /// </summary>
    public bool IsBursty => !IsBelow && Metric is not (Metric.MemUsedPercent or Metric.SwapUsedPercent or Metric.DiskUsagePercent or Metric.UptimeDays);

    /// <summary>Finds a gauge by its name; case matters.</summary>
    public static bool TryFind(string name, out Gauge gauge) => (gauge = All.FirstOrDefault(candidate => candidate.Name == name)!) is not null;

    /// <summary>The newest value; NaN where the server never sent it.</summary>
    public float LatestOf(ServerSnapshot server) => Read(server.Latest[(int)Metric]);

    /// <summary>What it reads of the 14 values of a reading; NaN where it is missing.</summary>
    public float Of(ReadOnlySpan<float> values) => Read(values[(int)Metric]);

    /// <summary>Copies the week before a step, oldest first, NaN where nothing is known. It ends with the newest step that is known, at most 3 before.</summary>
    /// <param name="server">Whose.</param>
    /// <param name="firstStep">The first step ahead.</param>
    /// <param name="week">Receives one value a step.</param>
    /// <returns>How much of it is known, 0–1.</returns>
    public double CopyWeek(ServerSnapshot server, long firstStep, Span<float> week)
    {
        var end = firstStep;
        while (firstStep - end < 3 && float.IsNaN(server.History.At(Metric, end - 1))) end--;
        server.History.CopyTo(Metric, end - week.Length, week);
        var known = 0;
        foreach (ref var value in week)
        {
            if (float.IsNaN(value)) continue;
            value = Read(value);
            known++;
        }

        return known / (double)week.Length;
    }

    /// <summary>A quantile in a step.</summary>
    /// <param name="forecast">The forecast of <see cref="Metric"/>.</param>
    /// <param name="quantile">Index into <see cref="QuantileLevels.All"/>: of the gauge, not of the metric.</param>
    /// <param name="step">0 is the first step ahead.</param>
    public float At(MetricForecast forecast, int quantile, int step) =>
        Read(forecast.At(IsInverted != IsBelow ? QuantileLevels.Count - 1 - quantile : quantile, step));

    /// <summary>Whether a forecast value counts as a threshold reached: within what the forecast's 16-bit codes resolve.</summary>
    public bool IsReached(float value, float threshold) => value >= threshold - Resolution(threshold);

    /// <summary>The probability that the gauge is at or above a threshold in a step. See <see cref="IsReached"/>.</summary>
    public double ProbabilityAtOrAbove(MetricForecast forecast, float threshold, int step)
    {
        var (value, resolution) = (IsInverted ? 100 - Shown(threshold) : Shown(threshold), Resolution(threshold));
        return IsInverted == IsBelow ? forecast.ProbabilityAtOrAbove(value - resolution, step) : 1 - forecast.ProbabilityAtOrAbove(value + resolution, step);
    }

    /// <summary>The probability that a threshold is reached within the first steps: see <see cref="AnyStep"/>.</summary>
    public double ProbabilityWithin(MetricForecast forecast, float threshold, int steps)
    {
        Span<double> probabilities = stackalloc double[Math.Min(steps, forecast.Steps)];
        for (var step = 0; step < probabilities.Length; step++) probabilities[step] = ProbabilityAtOrAbove(forecast, threshold, step);
        return AnyStep.Probability(probabilities);
    }

    /// <summary>The probability that an incident lies within the first steps: see <see cref="Incident"/>.</summary>
    public double IncidentProbability(MetricForecast forecast, float threshold, int steps)
    {
        Span<double> probabilities = stackalloc double[Math.Min(steps, forecast.Steps)];
        for (var step = 0; step < probabilities.Length; step++) probabilities[step] = ProbabilityAtOrAbove(forecast, threshold, step);
        return Incident.Probability(probabilities);
    }

    private float Resolution(float threshold) => MetricCatalog.Of(Metric).IsPercentage ? 0.001f : Math.Abs(threshold) * 0.0005f;

    /// <summary>What the gauge reads, or a threshold of it, as a person sees it; and the other way round.</summary>
    public float Shown(float value) => IsBelow ? -value : value;

    /// <summary>What the gauge reads where its metric has a value.</summary>
    public float Read(float value) => Shown(IsInverted ? 100 - value : value);

    /// <summary>A label in a sentence: "CPU user" and "I/O wait" keep their capitals, "Memory" becomes "memory".</summary>
    public static string InSentence(string label) => label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
