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

/// <summary>The fleet's risk.</summary>
internal sealed record EnvironmentShape
{
    /// <summary>Probability of an incident within 30 minutes, 0–1.</summary>
    [JsonPropertyName("prob_30m")] public double Prob30m { get; init; }
    /// <summary>The same within 8 hours.</summary>
    [JsonPropertyName("prob_8h")] public double Prob8h { get; init; }
    /// <summary>prob_30m by its older name.</summary>
    [JsonPropertyName("incident_probability_30m")] public double IncidentProbability30m { get; init; }
    /// <summary>prob_8h by its older name.</summary>
    [JsonPropertyName("incident_probability_8h")] public double IncidentProbability8h { get; init; }
    /// <summary>Servers at warning or critical.</summary>
    public int HighRiskServers { get; init; }
    /// <summary>Servers in the picture.</summary>
    public int TotalServers { get; init; }
    /// <summary>healthy, degraded, warning, critical or unknown.</summary>
    public required string FleetHealth { get; init; }
}

/// <summary>The fleet in numbers.</summary>
internal sealed record SummaryShape
{
    /// <summary>Servers in the picture.</summary>
    public int TotalServers { get; init; }
    /// <summary>Of those, critical.</summary>
    public int CriticalCount { get; init; }
    /// <summary>Of those, warning.</summary>
    public int WarningCount { get; init; }
    /// <summary>Of those, degrading.</summary>
    public int DegradingCount { get; init; }
    /// <summary>Of those, healthy.</summary>
    public int HealthyCount { get; init; }
    /// <summary>Mean risk score.</summary>
    public double AvgRiskScore { get; init; }
    /// <summary>Highest risk score.</summary>
    public double MaxRiskScore { get; init; }
    /// <summary>Names of the five servers most at risk.</summary>
    [JsonPropertyName("top_5_risks")] public required IReadOnlyList<string> TopRisks { get; init; }
    /// <summary>Alerts in the whole fleet.</summary>
    public int ActiveAlerts { get; init; }
    /// <summary>Servers whose readings come from a simulation.</summary>
    public int SimulatedCount { get; init; }
}

/// <summary>How the forecasts were made.</summary>
internal sealed record MetadataShape
{
    /// <summary>"TFT" where the network made all, "baseline" where it made none, else "mixed"; each server says its own.</summary>
    public required string ModelType { get; init; }
    /// <summary>Version of the model in use.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>When the picture was made: local time of the portal's machine, without an offset, as the old daemon wrote it.</summary>
    public required string PredictionTime { get; init; }
    /// <summary>The same in UTC.</summary>
    public DateTimeOffset PredictionTimeUtc { get; init; }
    /// <summary>Steps ahead.</summary>
    public int HorizonSteps { get; init; }
    /// <summary>Seconds a step.</summary>
    public int StepSeconds { get; init; }
    /// <summary>When the first step ahead begins.</summary>
    public DateTimeOffset FirstStep { get; init; }
    /// <summary>Readings in the window.</summary>
    public int InputPoints { get; init; }
    /// <summary>What the network ran on.</summary>
    public required string Device { get; init; }
}

/// <summary>The active alerts.</summary>
/// <param name="Timestamp">When this was asked: local time of the portal's machine, without an offset, as the old daemon wrote it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Alerts">The most severe first, then by time of breach.</param>
internal sealed record AlertsAnswer(string Timestamp, int Count, IReadOnlyList<AlertShape> Alerts);

/// <summary>One danger of one server in one metric, while it lasts.</summary>
internal sealed record AlertShape
{
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>A metric, or cpu_used_pct for 100 − idle.</summary>
    public required string Metric { get; init; }
    /// <summary>critical or warning.</summary>
    public required string Severity { get; init; }
    /// <summary>The value now, or the one expected where it breaches.</summary>
    public double PredictedValue { get; init; }
    /// <summary>The threshold that is, or will be, passed.</summary>
    public double Threshold { get; init; }
    /// <summary>Steps until then; 0 when it is passed now.</summary>
    public int StepsAhead { get; init; }
    /// <summary>Minutes until then; 0 when it is passed now.</summary>
    public int MinutesAhead { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
    /// <summary>Stays the same while the alert lasts.</summary>
    public Guid Id { get; init; }
    /// <summary>predicted or breaching.</summary>
    public required string State { get; init; }
    /// <summary>When it was raised.</summary>
    public DateTimeOffset StartedAt { get; init; }
    /// <summary>When the threshold is, or was, passed.</summary>
    public DateTimeOffset BreachAt { get; init; }
    /// <summary>Probability of the breach within the look-ahead, 0–1.</summary>
    public double Probability { get; init; }
    /// <summary>Version of the model whose forecast raised it.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>Who took it; null while nobody has.</summary>
    public string? AcknowledgedBy { get; init; }
}
