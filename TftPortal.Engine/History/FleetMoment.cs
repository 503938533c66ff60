using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>The fleet in one step, as its last picture had it.</summary>
internal sealed record FleetMoment
{
    /// <summary>When the step began.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>How many servers there were.</summary>
    public required int Servers { get; init; }
    /// <summary>How many at each <see cref="RiskLevel"/>, indexed by it.</summary>
    public required int[] Levels { get; init; }
    /// <summary>The servers' mean risk, 0–100.</summary>
    public required double MeanRisk { get; init; }
    /// <summary>The largest, 0–100.</summary>
    public required double MaxRisk { get; init; }
    /// <summary>The fleet's probabilities and health.</summary>
    public required FleetHealth Health { get; init; }
    /// <summary>Alerts that stood, critical ones.</summary>
    public required int CriticalAlerts { get; init; }
    /// <summary>Alerts that stood, warnings.</summary>
    public required int WarningAlerts { get; init; }

    /// <summary>What a picture shows; null for one without servers.</summary>
    public static FleetMoment? Of(FleetOutlook picture)
    {
        if (picture.Servers.IsEmpty) return null;
        var levels = new int[Enum.GetValues<RiskLevel>().Length];
        foreach (var server in picture.Servers) levels[(int)server.Risk.Level]++;
        var critical = picture.Alerts.Count(alert => alert.Severity == AlertSeverity.Critical);
        return new()
        {
            Time = picture.Grid.StartOf(picture.FirstStep - 1),
            Servers = picture.Servers.Length,
            Levels = levels,
            MeanRisk = picture.Servers.Average(server => server.Risk.Value),
            MaxRisk = picture.Servers.Max(server => server.Risk.Value),
            Health = picture.Health,
            CriticalAlerts = critical,
            WarningAlerts = picture.Alerts.Length - critical,
        };
    }
}
