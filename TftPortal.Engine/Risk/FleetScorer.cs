using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>Sums the servers' risks up for the fleet.</summary>
internal static class FleetScorer
{
    /// <summary>The fleet's health.</summary>
    /// <param name="risks">The servers' risks.</param>
    /// <returns>
    /// Probabilities that any server has an incident, servers taken as independent. In words: <c>critical</c> when a tenth of the servers are critical, <c>warning</c> when
    /// any is critical or a tenth are at warning, <c>degraded</c> when any is at warning or a tenth are degrading, else <c>healthy</c>.
    /// </returns>
    public static FleetHealth Score(IReadOnlyCollection<RiskScore> risks)
    {
        if (risks.Count == 0) return FleetHealth.Unknown;
        double noneSoon = 1, noneLater = 1;
        int critical = 0, warning = 0, degrading = 0;
        foreach (var risk in risks)
        {
            noneSoon *= 1 - risk.ProbabilityIn30Minutes;
            noneLater *= 1 - risk.ProbabilityIn8Hours;
            if (risk.Level >= RiskLevel.Critical) critical++;
            if (risk.Level >= RiskLevel.Warning) warning++;
            if (risk.Level >= RiskLevel.Degrading) degrading++;
        }

        var tenth = risks.Count / 10.0;
        var health = critical > 0 && critical >= tenth ? "critical"
            : critical > 0 || (warning > 0 && warning >= tenth) ? "warning"
            : warning > 0 || (degrading > 0 && degrading >= tenth) ? "degraded"
            : "healthy";
        return new(1 - noneSoon, 1 - noneLater, warning, health);
    }
}
