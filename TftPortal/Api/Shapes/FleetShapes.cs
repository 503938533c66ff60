using System.Text.Json.Serialization;

namespace TftPortal.Api.Shapes;

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
