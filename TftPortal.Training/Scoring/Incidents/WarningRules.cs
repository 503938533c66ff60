using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Training.Scoring.Incidents;

/// <summary>Rules that warn of a value within the coming hour, each a score: the higher, the nearer the danger.</summary>
internal static class WarningRules
{
    private const int Hour = InputShape.Hour, Line = 24;

    /// <summary>The plain threshold: the value itself.</summary>
    public static double Present(ReadOnlySpan<float> values) => float.IsNaN(values[^1]) ? double.NegativeInfinity : values[^1];

    /// <summary>The old daemon's rule, the highest median within the hour, on its own forecast: a line through the last 24 steps.</summary>
    public static double OldLine(ReadOnlySpan<float> values)
    {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (var i = 0; i < Line; i++)
        {
            var value = values[values.Length - Line + i];
            if (float.IsNaN(value)) continue;
            (n, x, y, xx, xy) = (n + 1, x + i, y + value, xx + (i * i), xy + (i * value));
        }

        if (n < 2) return double.NegativeInfinity;
        var slope = ((n * xy) - (x * y)) / ((n * xx) - (x * x));
        var level = (y - (slope * x)) / n;
        return Math.Max(level + (slope * Line), level + (slope * (Line + Hour - 1)));
    }

    /// <summary>The same rule on a model's median.</summary>
    public static double Median(Gauge gauge, MetricForecast forecast)
    {
        var highest = double.NegativeInfinity;
        for (var step = 0; step < Hour; step++) highest = Math.Max(highest, gauge.At(forecast, QuantileLevels.P50, step));
        return highest;
    }

    /// <summary>The value and what it rose by at most within an hour, in nine hours of ten of the last 7 days.</summary>
    public static double PresentAndWeek(ReadOnlySpan<float> values)
    {
        if (float.IsNaN(values[^1])) return double.NegativeInfinity;
        var week = values[Math.Max(0, values.Length - InputShape.Week)..];
        var rises = new List<float>(week.Length);
        for (var from = 0; from + Hour < week.Length; from++)
        {
            var highest = float.NaN;
            foreach (var value in week.Slice(from + 1, Hour)) highest = highest >= value ? highest : float.IsNaN(value) ? highest : value;
            if (!float.IsNaN(highest - week[from])) rises.Add(highest - week[from]);
        }

        rises.Sort();
        return values[^1] + (rises.Count == 0 ? 0 : rises[(int)(.9 * (rises.Count - 1))]);
    }
}
