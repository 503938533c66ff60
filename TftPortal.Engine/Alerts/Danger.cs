using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>One gauge of one server against one of its thresholds, at a moment.</summary>
/// <param name="Severity">Which threshold.</param>
/// <param name="Threshold">The threshold, in the gauge's unit.</param>
/// <param name="Present">The newest value if it is fresh, else NaN.</param>
/// <param name="Probability">Probability of reaching the threshold within the look-ahead, 0–1; 1 while it is breached.</param>
internal readonly record struct Danger(AlertSeverity Severity, float Threshold, float Present, double Probability)
{
    // Below it no week lifts a forecast to a probability that raises or holds anything: the week need not be read, and of a quiet fleet none is.
    private const double WorthReading = .001;

    /// <summary>Whether the fresh value is at or above the threshold.</summary>
    public bool IsBreaching => Present >= Threshold;

    /// <summary>
    /// Whether the value has only just come, of a gauge of which that is no reason to call anybody: a load average that passes 8 for one step is a nightly job.
    /// The step before bears a breach out, or is not known.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="gauge">The gauge.</param>
    /// <param name="grid">The time grid.</param>
    public bool IsBlip(ServerSnapshot server, Gauge gauge, StepGrid grid) => IsBreaching && gauge is { Metric: Metric.LoadAverage, IsBelow: false }
        && gauge.Read(server.History.At(gauge.Metric, grid.StepOf(server.LatestAt[(int)gauge.Metric]) - 1)) < Threshold;

    /// <summary>Measures a danger.</summary>
    /// <param name="watch">The gauge and its thresholds.</param>
    /// <param name="severity">Which of the two.</param>
    /// <param name="present">The newest value if it is fresh, else NaN.</param>
    /// <param name="server">The server, with its forecasts.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="steps">How many steps ahead count.</param>
    public static Danger Of(Watch watch, AlertSeverity severity, float present, ServerOutlook server, StepGrid grid, int steps)
    {
        var threshold = watch.Gauge.Shown(severity == AlertSeverity.Critical ? watch.Threshold.Critical : watch.Threshold.Warning);
        var danger = new Danger(severity, threshold, present, ProbabilityOf(watch.Gauge, threshold, present, server, grid, steps));
        if (!(watch.MinimumDeviation > 0) || danger.Probability < WorthReading || UsualOf(watch.Gauge, server, grid) is not { } usual || usual + watch.MinimumDeviation <= threshold) return danger;
        return danger with { Threshold = usual + watch.MinimumDeviation, Probability = ProbabilityOf(watch.Gauge, usual + watch.MinimumDeviation, present, server, grid, steps) };
    }

    /// <summary>The probability that a gauge reaches a threshold.</summary>
    /// <param name="gauge">Which.</param>
    /// <param name="threshold">As the gauge reads it.</param>
    /// <param name="present">Its newest value if it is fresh, else NaN.</param>
    /// <param name="server">The server, with its forecasts.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="steps">How many steps ahead count.</param>
    public static double ProbabilityOf(Gauge gauge, float threshold, float present, ServerOutlook server, StepGrid grid, int steps)
    {
        var forecast = server.Forecast.Of(gauge.Metric);
        return present >= threshold ? 1 : forecast is null ? 0
            : gauge.IsBursty ? OfBurst(gauge, threshold, forecast, server, grid, steps)
            : gauge.ProbabilityWithin(forecast, threshold, steps);
    }

    /// <summary>The median of the server's own week; null where less than an hour of it is known.</summary>
    private static float? UsualOf(Gauge gauge, ServerOutlook server, StepGrid grid)
    {
        Span<float> week = stackalloc float[InputShape.Week];
        gauge.CopyWeek(server.Server, grid.StepOf(server.Forecast.FirstStep), week);
        week.Sort(); // what is missing comes first
        var missing = 0;
        while (missing < week.Length && float.IsNaN(week[missing])) missing++;
        var known = week[missing..];
        return known.Length < InputShape.Hour ? null : known[known.Length / 2];
    }

    private static double OfBurst(Gauge gauge, float threshold, MetricForecast forecast, ServerOutlook server, StepGrid grid, int steps)
    {
        var probability = gauge.IncidentProbability(forecast, threshold, steps);
        if (probability < WorthReading || steps != InputShape.Hour) return probability; // what followed is told, and was measured, for an hour of 12 steps
        Span<float> week = stackalloc float[InputShape.Week];
        var known = gauge.CopyWeek(server.Server, grid.StepOf(server.Forecast.FirstStep), week);
        return IncidentOdds.Probability(probability, Precedents.Share(week, threshold), known);
    }
}
