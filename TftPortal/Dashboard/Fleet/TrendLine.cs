using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>A server's most pressing metric as a small line: the last 8 hours, and the forecast's median with its band (p10–p90) over the next 8. Drawn once a picture for all who look at it.</summary>
/// <param name="Past">Points of the past, as an SVG polyline has them.</param>
/// <param name="Ahead">Points of the median.</param>
/// <param name="Band">Points of the band, as a polygon.</param>
/// <param name="Threshold">Where the threshold lies, as a y; null where it is out of the picture.</param>
public sealed record TrendLine(string Past, string Ahead, string Band, string? Threshold)
{
    /// <summary>Width of the drawing; now is in the middle.</summary>
    public const int Width = 96;

    /// <summary>Height of the drawing.</summary>
    public const int Height = 20;

    private const int Every = 4, Points = 96 / Every; // a point in 20 minutes: two pixels
    private static readonly ConditionalWeakTable<ServerOutlook, TrendLine> Drawn = [];

    /// <summary>The line of a server; null where no metric presses.</summary>
    public static TrendLine? Of(ServerOutlook server, FleetOutlook outlook) =>
        server.Risk.Worst is { } worst && server.Forecast.Of(worst.Metric) is { } forecast ? Drawn.GetValue(server, one => Draw(one, worst, forecast, outlook)) : null;

    private static TrendLine Draw(ServerOutlook server, WorstForecast worst, MetricForecast forecast, FleetOutlook outlook)
    {
        var isInverted = worst.Measure == Readouts.CpuUsedMeasure;
        float Read(float value) => isInverted ? 100 - value : value;
        Span<float> steps = stackalloc float[Points * Every];
        server.Server.History.CopyTo(worst.Metric, outlook.FirstStep - steps.Length, steps);
        var past = new float[Points];
        for (var point = 0; point < Points; point++) past[point] = Read(Mean(steps.Slice(point * Every, Every)));
        var (low, middle, high) = (new float[Points], new float[Points], new float[Points]);
        for (var point = 0; point < Points; point++)
        {
            var step = Math.Min(forecast.Steps - 1, (point * Every) + Every - 1);
            (low[point], middle[point], high[point]) = (Read(forecast.At(1, step)), Read(forecast.At(3, step)), Read(forecast.At(5, step)));
        }

        float[] shown = [.. past.Where(value => !float.IsNaN(value)), .. low, .. high];
        var (bottom, top) = (shown.Min(), shown.Max());
        var room = Math.Max(top - bottom, MetricCatalog.Of(worst.Metric).IsPercentage ? 8 : Math.Max(0.5f, 0.2f * Math.Abs(top)));
        var centre = (top + bottom) / 2;
        (bottom, top) = (centre - (0.55f * room), centre + (0.55f * room));
        string Y(float value) => string.Create(CultureInfo.InvariantCulture, $"{Height - (Height * (value - bottom) / (top - bottom)):0.#}");
        string Line(float[] values, int from) => Join(values.Select((value, point) => (X: from + ((point + 1) * 2), value)).Where(at => !float.IsNaN(at.value)), at => $"{at.X},{Y(at.value)}");
        string Now() => float.IsNaN(past[^1]) ? "" : string.Create(CultureInfo.InvariantCulture, $"{Width / 2},{Y(past[^1])} "); // the forecast goes on from what is known
        return new(Line(past, 0), Now() + Line(middle, Width / 2), Now() + Line(high, Width / 2) + " " + Join(low.Select((value, point) => (X: (Width / 2) + ((point + 1) * 2), value)).Reverse(), at => $"{at.X},{Y(at.value)}"),
            worst.Threshold > bottom && worst.Threshold < top ? Y(worst.Threshold) : null);
    }

    private static string Join<T>(IEnumerable<T> items, Func<T, string> write) => new StringBuilder().AppendJoin(' ', items.Select(write)).ToString();

    private static float Mean(ReadOnlySpan<float> values)
    {
        var (sum, count) = (0f, 0);
        foreach (var value in values)
        {
            if (!float.IsNaN(value)) (sum, count) = (sum + value, count + 1);
        }

        return count == 0 ? float.NaN : sum / count;
    }
}
