using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>An explanation in sentences, with its times in the browser's zone.</summary>
public static class WhyWords
{
    /// <summary>The sentences, in order; the first says what is to be explained.</summary>
    public static IEnumerable<Verdict> Sentences(Explanation why)
    {
        yield return Claim(why);
        if (Growth(why) is { } growth) yield return growth;
        if (why.Counterfactuals is [{ Probability: { } flat }, ..] && why.Danger is not null)
            yield return new($"Had it stayed flat, the chance would be {Figures.Chance(flat)}.", null, "");
        if (why.Source == ForecastSource.Baseline) yield return new("The forecast looks at its own past alone.", null, "");
    }

    /// <summary>What a metric does to the explained one: "3.2 % lower".</summary>
    public static string Shift(Explanation why, Influence influence)
    {
        var size = Figures.OfMeasure(why.Metric, Math.Abs(influence.Shift));
        return size == Figures.OfMeasure(why.Metric, 0) ? "the same" : $"{size} {(influence.Shift > 0 ? "lower" : "higher")}";
    }

    /// <summary>What would be with a metric held flat: "12 %" of a danger, else the median.</summary>
    public static string Held(Explanation why, Counterfactual held) =>
        held.Probability is { } probability ? Figures.Chance(probability) : $"median {Figures.OfMeasure(why.Metric, held.Expected.P50)}";

    /// <summary>The level that a metric is held at, in its own unit.</summary>
    public static string Level(Counterfactual held) => Figures.OfMeasure(held.Metric, held.Level);

    /// <summary>A variable that the network reads.</summary>
    public static string Variable(string name) => name == VariableWeight.Calendar ? "Time of day" : Names.OfMeasure(name);

    private static Verdict Claim(Explanation why)
    {
        var what = Names.OfMeasure(why.Metric);
        if (why.Danger is not { } danger)
            return new($"{what} is expected between {Figures.OfMeasure(why.Metric, why.Expected.P10)} and {Figures.OfMeasure(why.Metric, why.Expected.P90)} at ", why.Expected.At, "; no rule watches it.");
        var (threshold, reach) = (Figures.OfMeasure(why.Metric, danger.Threshold), danger.IsBelow ? "fall to" : "reach");
        if (danger.IsBreaching) return new($"{what} is past its threshold of {threshold}.", null, "");
        return danger.Probability < Verdict.Possible
            ? new(string.Create(CultureInfo.InvariantCulture, $"{what} is not expected to {reach} {threshold} within {danger.LookAheadMinutes} minutes ({Figures.Chance(danger.Probability)} likely)."), null, "")
            : new($"{what} {Verdict.Will(danger.Probability)} {reach} {threshold} about ", danger.At, $" ({Figures.Chance(danger.Probability)} likely).");
    }

    private static Verdict? Growth(Explanation why)
    {
        var isUsed = why.Metric == Readouts.CpuUsedMeasure;
        var metric = isUsed ? MetricCatalog.Of(Metric.CpuIdlePercent).Name : why.Metric;
        if (why.Facts.FirstOrDefault(fact => fact.Metric == metric) is not { Since: { } since, PerHour: { } rate }) return null;
        if (isUsed) rate = -rate;
        return new($"It has {(rate < 0 ? "fallen" : "grown")} by {Figures.OfMeasure(why.Metric, Math.Abs(rate))} an hour since ", since, ".");
    }
}
