using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Risk;

/// <summary>Sums the servers' risks up for the fleet.</summary>
internal static class FleetScorer
{
    /// <summary>The fleet's health.</summary>
    /// <param name="risks">The servers' risks.</param>
    /// <returns>
    /// Probabilities that any server has an incident (<see cref="AnyServer"/>). In words: <c>critical</c> when a tenth of the servers are critical, <c>warning</c> when
    /// any is critical or a tenth are at warning, <c>degraded</c> when any is at warning or a tenth are degrading, else <c>healthy</c>.
    /// </returns>
    public static FleetHealth Score(IReadOnlyCollection<RiskScore> risks)
    {
        if (risks.Count == 0) return FleetHealth.Unknown;
        int critical = 0, warning = 0, degrading = 0;
        foreach (var risk in risks)
        {
            if (risk.Level >= RiskLevel.Critical) critical++;
            if (risk.Level >= RiskLevel.Warning) warning++;
            if (risk.Level >= RiskLevel.Degrading) degrading++;
        }

        var tenth = risks.Count / 10.0;
        var health = critical > 0 && critical >= tenth ? "critical"
            : critical > 0 || (warning > 0 && warning >= tenth) ? "warning"
            : warning > 0 || (degrading > 0 && degrading >= tenth) ? "degraded"
            : "healthy";
        return new(AnyServer(risks.Select(risk => risk.ProbabilityIn30Minutes)), AnyServer(risks.Select(risk => risk.ProbabilityIn8Hours)), warning, health);
    }

    /// <summary>
    /// The probability of at least one, from each server's: the largest of them, or 1 − Π(1 − P)^0.5 where that is more. Servers of one fleet rise together, so each counts for half of an independent one:
    /// of the exponents 0, .3, .5, .7 and 1 the one with the best sum of Brier scores for 8 hours in fleets of 20 neighbours (docs/decisions/engine.md).
    /// </summary>
    public static double AnyServer(IEnumerable<double> probabilities)
    {
        double largest = 0, none = 1;
        foreach (var probability in probabilities)
        {
            largest = Math.Max(largest, probability);
            none *= 1 - probability;
        }

        return Math.Max(largest, 1 - Math.Sqrt(none));
    }
}
