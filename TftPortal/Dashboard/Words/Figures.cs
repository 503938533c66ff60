using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Words;

/// <summary>Numbers as a person reads them. A missing one is a dash, never 0.</summary>
public static class Figures
{
    /// <summary>What stands for a missing value.</summary>
    public const string Missing = "–";

    private const char NarrowSpace = '\u202f'; // a number and its unit stay on one line

    /// <summary>A value of a metric with its unit: "71 %", "9.4 MB/s", "3".</summary>
    public static string Of(MetricDefinition metric, double value)
    {
        if (!double.IsFinite(value)) return Missing;
        var number = metric.IsInteger ? value.ToString("0", CultureInfo.InvariantCulture) : Number(value);
        return metric.Unit switch
        {
            "" or "connections" => number,
            "% of a core" => number + NarrowSpace + "%",
            var unit => number + NarrowSpace + unit,
        };
    }

    /// <summary>Two values of a metric with its unit once: "64–95 %".</summary>
    public static string Range(MetricDefinition metric, double from, double to)
    {
        var low = Of(metric, from);
        var unit = low.IndexOf(NarrowSpace, StringComparison.Ordinal);
        return $"{(unit < 0 ? low : low[..unit])}–{Of(metric, to)}";
    }

    /// <summary>A value of what a risk or an alert is about, with its unit.</summary>
    public static string OfMeasure(string measure, double value) =>
        measure == Readouts.CpuUsedMeasure ? Percent(value) : MetricCatalog.TryFind(measure, out var metric) ? Of(metric, value) : Number(value);

    /// <summary>A number with as many digits as help: "0.04", "9.4", "71", "12,400".</summary>
    public static string Number(double value) => !double.IsFinite(value) ? Missing : value.ToString(Math.Abs(value) switch
    {
        0 => "0",
        < 0.1 => "0.00",
        < 9.95 => "0.#",
        _ => "#,0",
    }, CultureInfo.InvariantCulture);

    /// <summary>How many: "12,400".</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A size: "812 B", "4.2 kB", "18 MB"; a kilobyte has 1,000 bytes.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Count(bytes) + NarrowSpace + "B",
        < 999_500 => Number(bytes / 1e3) + NarrowSpace + "kB",
        < 999_500_000 => Number(bytes / 1e6) + NarrowSpace + "MB",
        _ => Number(bytes / 1e9) + NarrowSpace + "GB",
    };

    /// <summary>How long something took: "0.4 ms", "38 ms", "1.2 s", "3 min".</summary>
    public static string Duration(TimeSpan time) => time.TotalMilliseconds switch
    {
        < 999.5 => Number(time.TotalMilliseconds) + NarrowSpace + "ms",
        < 60_000 => Number(time.TotalSeconds) + NarrowSpace + "s",
        _ => Ages.Words(time),
    };

    /// <summary>A percentage of which only the whole points matter: "71 %".</summary>
    public static string Percent(double value) =>
        double.IsFinite(value) ? value.ToString("0", CultureInfo.InvariantCulture) + NarrowSpace + "%" : Missing;

    /// <summary>A probability in percent; never "0 %" or "100 %" for what is only nearly so.</summary>
    /// <param name="probability">0 to 1.</param>
    public static string Chance(double probability) => probability switch
    {
        <= 0 => "0" + NarrowSpace + "%",
        < 0.01 => "<1" + NarrowSpace + "%",
        >= 1 => "100" + NarrowSpace + "%",
        > 0.99 => ">99" + NarrowSpace + "%",
        _ => Percent(probability * 100),
    };
}
