using System.Text.Json.Serialization;

namespace TftPortal.Api.Shapes;

/// <summary>The forecasts of the fleet, or, while the window holds fewer than 100 readings, error "insufficient_data", a message and empty predictions.</summary>
internal sealed record PredictionsAnswer
{
    /// <summary>The servers by name, the most at risk first.</summary>
    public required IReadOnlyDictionary<string, ServerPrediction> Predictions { get; init; }
    /// <summary>What is wrong, or will be.</summary>
    public IReadOnlyList<AlertShape>? Alerts { get; init; }
    /// <summary>The fleet's risk.</summary>
    public EnvironmentShape? Environment { get; init; }
    /// <summary>The fleet in numbers.</summary>
    public SummaryShape? Summary { get; init; }
    /// <summary>How the forecasts were made.</summary>
    public MetadataShape? Metadata { get; init; }
    /// <summary>"insufficient_data", or absent.</summary>
    public string? Error { get; init; }
    /// <summary>How many readings are needed, and how many there are.</summary>
    public string? Message { get; init; }
}

/// <summary>One server: a forecast for each metric that it sends, and beside them its risk.</summary>
internal sealed record ServerPrediction
{
    /// <summary>CPU in user mode, %.</summary>
    public MetricPrediction? CpuUserPct { get; init; }
    /// <summary>CPU in the kernel, %.</summary>
    public MetricPrediction? CpuSysPct { get; init; }
    /// <summary>CPU waiting for I/O, %.</summary>
    public MetricPrediction? CpuIowaitPct { get; init; }
    /// <summary>CPU idle, %.</summary>
    public MetricPrediction? CpuIdlePct { get; init; }
    /// <summary>CPU of Java processes, % of one core.</summary>
    public MetricPrediction? JavaCpuPct { get; init; }
    /// <summary>Memory in use, %.</summary>
    public MetricPrediction? MemUsedPct { get; init; }
    /// <summary>Swap in use, %.</summary>
    public MetricPrediction? SwapUsedPct { get; init; }
    /// <summary>Disk space in use, %.</summary>
    public MetricPrediction? DiskUsagePct { get; init; }
    /// <summary>Network received, MB/s.</summary>
    public MetricPrediction? NetInMbS { get; init; }
    /// <summary>Network sent, MB/s.</summary>
    public MetricPrediction? NetOutMbS { get; init; }
    /// <summary>Connections in CLOSE_WAIT towards back ends.</summary>
    public MetricPrediction? BackCloseWait { get; init; }
    /// <summary>Connections in CLOSE_WAIT from clients.</summary>
    public MetricPrediction? FrontCloseWait { get; init; }
    /// <summary>Runnable processes.</summary>
    public MetricPrediction? LoadAverage { get; init; }
    /// <summary>Days since boot.</summary>
    public MetricPrediction? UptimeDays { get; init; }
    /// <summary>0 (nothing to see) to 100 (act now).</summary>
    public double RiskScore { get; init; }
    /// <summary>What the server is for.</summary>
    public required string Profile { get; init; }
    /// <summary>What it last reported of itself.</summary>
    public required string Status { get; init; }
    /// <summary>"tft" or "baseline": who made its forecasts.</summary>
    public required string ModelType { get; init; }
    /// <summary>Version of that model.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>When the first step ahead begins; step n begins n × step_seconds later.</summary>
    public DateTimeOffset FirstStep { get; init; }
    /// <summary>When its newest reading was taken.</summary>
    public DateTimeOffset LastSeen { get; init; }
    /// <summary>True where its readings come from a simulation, else absent.</summary>
    public bool? Simulated { get; init; }
    /// <summary>Its risk in words and in a colour.</summary>
    public required ServerAlertShape Alert { get; init; }
    /// <summary>cpu (100 − idle), memory, iowait, swap, disk, load, as far as the server sends them: now, and in an hour.</summary>
    public required IReadOnlyDictionary<string, DisplayMetric> DisplayMetrics { get; init; }
}

/// <summary>The forecast of one metric; p10 ≤ p50 ≤ p90 in every step, each within the metric's range.</summary>
internal sealed record MetricPrediction
{
    /// <summary>The median, one value a step, 96 steps.</summary>
    [JsonPropertyName("p50")] public required IReadOnlyList<double> P50 { get; init; }
    /// <summary>One time in ten it will be less.</summary>
    [JsonPropertyName("p10")] public required IReadOnlyList<double> P10 { get; init; }
    /// <summary>One time in ten it will be more.</summary>
    [JsonPropertyName("p90")] public required IReadOnlyList<double> P90 { get; init; }
    /// <summary>The newest value.</summary>
    public double? Current { get; init; }
    /// <summary>Change a step over the last 24 observed steps.</summary>
    public double Trend { get; init; }
    /// <summary>"tft", "baseline" or "computed" where it is not the server's model_type, else absent.</summary>
    public string? Source { get; init; }
}

/// <summary>A server's risk in words and in a colour.</summary>
/// <param name="Level">healthy, degrading, warning or critical.</param>
/// <param name="Score">The risk score.</param>
/// <param name="Color">As #rrggbb.</param>
/// <param name="Label">The level for a person.</param>
internal sealed record ServerAlertShape(string Level, double Score, string Color, string Label);

/// <summary>A value for a person.</summary>
/// <param name="Current">Now.</param>
/// <param name="Predicted">The median in an hour.</param>
/// <param name="Delta">The difference.</param>
/// <param name="Unit">Its unit; empty for a plain number.</param>
internal sealed record DisplayMetric(double? Current, double Predicted, double? Delta, string Unit);
