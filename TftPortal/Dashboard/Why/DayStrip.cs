using System.Globalization;
using System.Text;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Why;

/// <summary>The explained metric's last day as a line, and the attention on it as a strip below, on one axis of 288 steps.</summary>
/// <param name="Line">The line's path in a box of 288 × <see cref="Height"/>; empty where nothing is known.</param>
/// <param name="Bars">Where the network looks: beginning and length in steps, and how strongly, 0–1 of the strongest.</param>
/// <param name="From">When the day begins.</param>
/// <param name="To">When it ends.</param>
public sealed record DayStrip(string Line, IReadOnlyList<(double Start, double Length, double Strength)> Bars, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Steps of the axis: a day of 5-minute steps.</summary>
    public const int Steps = 288;

    /// <summary>Height of the line's box.</summary>
    public const int Height = 60;

    /// <summary>Draws a day.</summary>
    /// <param name="why">The explanation.</param>
    /// <param name="day">The metric's last <see cref="Steps"/> values before the forecast, NaN where missing.</param>
    public static DayStrip Of(Explanation why, ReadOnlySpan<float> day)
    {
        var step = TimeSpan.FromSeconds(why.StepSeconds);
        var from = why.FirstStep - (Steps * step);
        var most = why.Attention.Select(span => span.Share / ((span.To - span.From) / step)).DefaultIfEmpty(1).Max();
        return new(
            LineOf(day),
            [.. why.Attention.Select(span => ((span.From - from) / step, (span.To - span.From) / step, most > 0 ? span.Share / ((span.To - span.From) / step) / most : 0))],
            from, why.FirstStep);
    }

    private static string LineOf(ReadOnlySpan<float> day)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (var value in day)
        {
            if (float.IsNaN(value)) continue;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var line = new StringBuilder();
        var isDown = false;
        for (var step = 0; step < day.Length; step++)
        {
            if (float.IsNaN(day[step]))
            {
                isDown = false;
                continue;
            }

            var y = high > low ? Height - 2 - ((day[step] - low) / (high - low) * (Height - 4)) : Height / 2f;
            line.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{step + .5:0.#} {y:0.#}");
            isDown = true;
        }

        return line.ToString();
    }
}
