using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>What a person calls things.</summary>
public static class Names
{
    /// <summary>A profile: "Web / API".</summary>
    public static string Of(ServerProfile profile) => profile switch
    {
        ServerProfile.MlCompute => "ML compute",
        ServerProfile.Database => "Database",
        ServerProfile.WebApi => "Web / API",
        ServerProfile.ConductorManagement => "Conductor",
        ServerProfile.DataIngest => "Data ingest",
        ServerProfile.RiskAnalytics => "Risk analytics",
        _ => "Generic",
    };

    /// <summary>A level of risk.</summary>
    public static string Of(RiskLevel level) => level switch
    {
        RiskLevel.Critical => "Critical",
        RiskLevel.Warning => "Warning",
        RiskLevel.Degrading => "Degrading",
        _ => "Healthy",
    };

    /// <summary>Who made a forecast, by the names of the API.</summary>
    public static string Of(ForecastSource source) => source switch
    {
        ForecastSource.Tft => "tft",
        ForecastSource.Computed => "computed",
        _ => "baseline",
    };

    /// <summary>What a status says of itself; empty for healthy, which says nothing.</summary>
    public static string Of(ServerStatus status) => status switch
    {
        ServerStatus.CriticalIssue => "reports a critical issue",
        ServerStatus.HeavyLoad => "reports heavy load",
        ServerStatus.Idle => "reports idle",
        ServerStatus.Maintenance => "in maintenance",
        ServerStatus.MorningSpike => "reports its morning spike",
        ServerStatus.Offline => "reports itself offline",
        ServerStatus.Recovery => "recovering",
        _ => "",
    };

    /// <summary>What a risk or an alert is about: a metric's label, or "CPU used" for 100 − idle, which is no metric of its own.</summary>
    public static string OfMeasure(string name) => name switch
    {
        Readouts.CpuUsedMeasure => "CPU used",
        _ => MetricCatalog.TryFind(name, out var metric) ? metric.Label : name,
    };
}
