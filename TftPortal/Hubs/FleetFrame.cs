using System.Runtime.CompilerServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Hubs;

/// <summary>The fleet at a moment, in a few figures.</summary>
/// <param name="Sequence">Number of the picture; it grows, and jumps where pictures were left out.</param>
/// <param name="Time">When the picture was made.</param>
/// <param name="Servers">Servers in it.</param>
/// <param name="ServersByModel">Of these forecast by the network; the others are by the baseline.</param>
/// <param name="ModelVersion">Version of the network.</param>
/// <param name="Health"><c>healthy</c>, <c>degraded</c>, <c>warning</c>, <c>critical</c> or <c>unknown</c>.</param>
/// <param name="HighRiskServers">Servers at warning or critical.</param>
/// <param name="Probability30m">Probability that any server has an incident within 30 minutes, 0–1.</param>
/// <param name="Probability8h">The same within 8 hours.</param>
/// <param name="CriticalAlerts">Critical alerts that are active.</param>
/// <param name="WarningAlerts">Warnings that are active.</param>
public sealed record FleetFrame(
    long Sequence, DateTimeOffset Time, int Servers, int ServersByModel, string ModelVersion, string Health, int HighRiskServers, double Probability30m, double Probability8h, int CriticalAlerts, int WarningAlerts)
{
    private static readonly ConditionalWeakTable<FleetOutlook, FleetFrame> Made = [];

    /// <summary>A picture's figures; the same object for everybody who follows it.</summary>
    public static FleetFrame Of(FleetOutlook picture) => Made.GetValue(picture, Make);

    private static FleetFrame Make(FleetOutlook picture) => new(
        picture.Sequence,
        picture.Time,
        picture.Servers.Length,
        picture.Servers.Count(server => server.Forecast.ModelType == ForecastSource.Tft),
        picture.ModelVersion,
        picture.Health.Health,
        picture.Health.HighRiskServers,
        picture.Health.ProbabilityIn30Minutes,
        picture.Health.ProbabilityIn8Hours,
        picture.Alerts.Count(alert => alert.Severity == AlertSeverity.Critical),
        picture.Alerts.Count(alert => alert.Severity == AlertSeverity.Warning));
}
