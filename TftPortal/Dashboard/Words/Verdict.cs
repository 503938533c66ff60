using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>One sentence on a server, in two halves around the time that it names: the browser writes the time in its own zone.</summary>
/// <param name="Before">Up to the time, or the whole sentence.</param>
/// <param name="At">The time; null where the sentence names none.</param>
/// <param name="After">What follows the time.</param>
public sealed record Verdict(string Before, DateTimeOffset? At, string After)
{
    /// <summary>What the engine's risk says of a server.</summary>
    /// <param name="risk">The engine's judgement.</param>
    /// <param name="now">When it was made: what is due by then is said in the present.</param>
    public static Verdict Of(RiskScore risk, DateTimeOffset now)
    {
        if (risk.Worst is not { } worst) return new("No metric that this server sends has a threshold.", null, "");
        var what = Names.OfDanger(worst.Metric);
        var metric = MetricCatalog.Of(worst.Metric);
        var threshold = Figures.Of(metric, worst.Threshold);
        var chance = Figures.Chance(worst.Probability);
        if (worst.At <= now) return new($"{what} is at {Figures.Of(metric, worst.Value)}, past its threshold of {threshold}.", null, "");
        return worst.Probability switch
        {
            >= 0.5 => new($"{what} will reach {threshold} about ", worst.At, $" ({chance} likely)."),
            >= 0.1 => new($"{what} may reach {threshold} about ", worst.At, $" ({chance} likely)."),
            _ => new($"Nothing is near. The closest: {what.ToLowerInvariant()} at {threshold}, {chance} likely in the next hours.", null, ""),
        };
    }
}
