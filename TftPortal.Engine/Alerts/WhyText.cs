using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>Says an explanation in a sentence or two. Times are UTC; the pages say it again with the browser's.</summary>
internal static class WhyText
{
    private const double Possible = .1;

    /// <summary>
    /// For example "Memory will probably reach 95 % about 04:40 UTC (78 %): it has grown 1.9 %/h since 21:10 UTC; had it stayed flat, 12 %. Without swap it would be 1.2 % lower at 05:00 UTC, the most that another metric does. The network attends most to the last hour (34 %)."
    /// </summary>
    public static string Of(Explanation why, Gauge gauge)
    {
        var about = Capital(Claim(why, gauge));
        if (Growth(why, gauge) is { } growth) about += $": {growth}";
        if (Flat(why) is { } flat) about += $"; {flat}";
        return $"{about}. {Look(why, gauge)}".TrimEnd();
    }

    /// <summary>Who forecast, and from what.</summary>
    public static string Basis(ForecastSource source, string version, bool tells) => source switch
    {
        ForecastSource.Tft when tells => $"Forecast by the Temporal Fusion Transformer, model {version}. One network forecasts all metrics of a server: weights and attention say what it reads of the server as a whole. What a metric does to this forecast is told by taking it away, and by holding it flat.",
        ForecastSource.Tft => $"Forecast by the Temporal Fusion Transformer, model {version}, whose file does not tell what it looks at.",
        ForecastSource.Computed => "Computed: uptime grows by a day a day.",
        _ => "Forecast by statistics, which look at this metric alone: the same time of the days before and how far the last values are off it, fading over two hours; or the last level, where that did better so far or no day is known; with its own past errors as the range.",
    };

    private static string Claim(Explanation why, Gauge gauge)
    {
        if (why.Danger is not { } danger)
            return string.Create(CultureInfo.InvariantCulture, $"{gauge.Label} is expected at {AlertText.Shown(gauge, why.Expected.P50)} at {why.Expected.At.UtcDateTime:HH:mm} UTC (80 % range {AlertText.Shown(gauge, why.Expected.P10)} to {AlertText.Shown(gauge, why.Expected.P90)}), and no rule watches it");
        var (threshold, reach) = (AlertText.Shown(gauge, danger.Threshold), danger.IsBelow ? "fall to" : "reach");
        if (danger.IsBreaching) return $"{gauge.Label} is past its threshold of {threshold} now";
        if (danger.Probability < Possible) return string.Create(CultureInfo.InvariantCulture, $"{gauge.Label} is not expected to {reach} {threshold} within {danger.LookAheadMinutes} minutes ({Percent(danger.Probability)})");
        var will = danger.Probability switch { >= .8 => "will", >= .5 => "will probably", _ => "may" };
        return string.Create(CultureInfo.InvariantCulture, $"{gauge.Label} {will} {reach} {threshold} about {danger.At.UtcDateTime:HH:mm} UTC ({Percent(danger.Probability)})");
    }

    private static string? Growth(Explanation why, Gauge gauge)
    {
        if (why.Facts.FirstOrDefault(fact => fact.Metric == MetricCatalog.Of(gauge.Metric).Name) is not { Since: { } since, PerHour: { } perHour }) return null;
        var rate = gauge.IsInverted ? -perHour : perHour;
        return string.Create(CultureInfo.InvariantCulture, $"it has {(rate < 0 ? "fallen" : "grown")} {PerHour(gauge, Math.Abs(rate))} since {since.UtcDateTime:HH:mm} UTC");
    }

    private static string? Flat(Explanation why) => why.Counterfactuals is [{ Probability: { } probability } own, ..] && why.Danger is not null && own.Metric == OwnMetric(why)
        ? $"had it stayed flat, {Percent(probability)}" : null;

    private static string Look(Explanation why, Gauge gauge)
    {
        if (why.Source == ForecastSource.Baseline) return "The forecast looks at its own past alone.";
        var other = why.Influences is [var most, ..] ? Other(why, most, gauge) : "";
        return why.Moments is [var moment, ..] ? $"{other} The network attends most to {moment.Words} ({Percent(moment.Share)}).".TrimStart() : other;
    }

    private static string Other(Explanation why, Influence most, Gauge gauge)
    {
        var shift = AlertText.Shown(gauge, Math.Abs(most.Shift));
        if (shift == AlertText.Shown(gauge, 0)) return "No other metric moves it by itself.";
        return string.Create(CultureInfo.InvariantCulture, $"Without {Label(most.Metric)} it would be {shift} {(most.Shift > 0 ? "lower" : "higher")} at {why.Expected.At.UtcDateTime:HH:mm} UTC, the most that another metric does.");
    }

    private static string OwnMetric(Explanation why) => why.Metric == Gauge.CpuUsed ? MetricCatalog.Of(Metric.CpuIdlePercent).Name : why.Metric;

    private static string Label(string metric) => MetricCatalog.TryFind(metric, out var known) ? Gauge.InSentence(known.Label) : metric;

    private static string PerHour(Gauge gauge, double rate)
    {
        var number = rate.ToString(rate < 1 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
        return gauge.Unit.Length == 0 ? $"{number} an hour" : gauge.Unit == "%" ? $"{number} %/h" : $"{number} {gauge.Unit} an hour";
    }

    private static string Percent(double share) => share switch
    {
        > 0 and < .005 => "under 1 %",
        < 1 and >= .995 => "over 99 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %"),
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
