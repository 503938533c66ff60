using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>One sentence on a server, in two halves around the time that it names: the browser writes the time in its own zone.</summary>
/// <param name="Before">Up to the time, or the whole sentence.</param>
/// <param name="At">The time; null where the sentence names none.</param>
/// <param name="After">What follows the time.</param>
public sealed record Verdict(string Before, DateTimeOffset? At, string After)
{
    /// <summary>From which probability on something may happen, in words.</summary>
    public const double Possible = 0.1;

    /// <summary>What an alert says.</summary>
    public static Verdict Of(Alert alert)
    {
        var what = Names.OfMeasure(alert.Metric);
        var threshold = Figures.OfMeasure(alert.Metric, alert.Threshold);
        return alert.State == AlertState.Breaching
            ? new($"{what} has been past its threshold of {threshold} since ", alert.BreachAt, ".")
            : new($"{what} {Will(alert.Probability)} reach {threshold} about ", alert.BreachAt, $" ({Figures.Chance(alert.Probability)} likely).");
    }

    /// <summary>What the engine's risk says of a server.</summary>
    public static Verdict Of(ServerOutlook server)
    {
        if (server.Risk.Worst is not { } worst) return new("No metric that this server sends has a threshold.", null, "");
        var what = Names.OfMeasure(worst.Measure);
        var metric = MetricCatalog.Of(worst.Metric);
        var threshold = Figures.Of(metric, worst.Threshold);
        var chance = Figures.Chance(worst.Probability);
        var present = Readouts.Latest(server.Server, worst.Measure);
        if (present >= worst.Threshold) return new($"{what} is at {Figures.Of(metric, present)}, past its threshold of {threshold}.", null, "");
        return worst.Probability >= Possible
            ? new($"{what} {Will(worst.Probability)} reach {threshold} about ", worst.At, $" ({chance} likely).")
            : new($"No threshold is near: {what} reaches {threshold} with a chance of {chance}.", null, "");
    }

    /// <summary>How sure, as a verb.</summary>
    public static string Will(double probability) => probability switch { >= 0.8 => "will", >= 0.5 => "will probably", _ => "may" };
}
