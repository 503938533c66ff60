using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Backtest;

/// <summary>When a value was past a threshold.</summary>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; the end of what is known where it still is.</param>
public sealed record PastIncident(DateTimeOffset From, DateTimeOffset Until);

/// <summary>When a threshold is forecast to be reached.</summary>
/// <param name="At">About when.</param>
/// <param name="Earliest">The earliest that must be reckoned with: where p90 reaches it.</param>
/// <param name="Latest">The latest, if it comes: where p25 reaches it, else the last step that is looked at.</param>
/// <param name="IsExpected">Whether the median reaches it, and not p90 alone.</param>
public sealed record ForeseenBreach(DateTimeOffset At, DateTimeOffset Earliest, DateTimeOffset Latest, bool IsExpected);

/// <summary>
/// What a threshold of one server would have seen, and sees coming, if it stood elsewhere: the incidents (<see cref="Incident"/>) of what was measured, and the alerts' own probability of what is forecast.
/// It needs no forecast of the past, and is told at once; which alerts a rule would have sent, and how early, only a back-test finds (<see cref="Backtests"/>).
/// </summary>
/// <param name="Since">From when on something is known of the past that was asked for; null where nothing is.</param>
/// <param name="Incidents">When it was past the threshold, the oldest first.</param>
/// <param name="IsPast">Whether it is past it now.</param>
/// <param name="Probability">How probable it is to be reached within the time that is looked ahead, 0–1; 1 where it is past it, null where it is not forecast.</param>
/// <param name="Ahead">When; null where neither the median nor p90 reaches it.</param>
public sealed record Supposition(DateTimeOffset? Since, ImmutableArray<PastIncident> Incidents, bool IsPast, double? Probability, ForeseenBreach? Ahead)
{
    /// <summary>Tells what would be.</summary>
    /// <param name="server">The server.</param>
    /// <param name="outlook">The picture that it is of.</param>
    /// <param name="measure">What has the threshold, one of <see cref="Measures.All"/>.</param>
    /// <param name="isBelow">Whether low is the danger.</param>
    /// <param name="threshold">The threshold, in the metric's unit.</param>
    /// <param name="past">How far back; at most what the window holds.</param>
    /// <param name="ahead">How far ahead; at most the forecast.</param>
    /// <exception cref="ArgumentException">The measure is none.</exception>
    public static Supposition Of(ServerOutlook server, FleetOutlook outlook, string measure, bool isBelow, float threshold, TimeSpan past, TimeSpan ahead)
    {
        if (!Gauge.TryFind(measure, out var found)) throw new ArgumentException($"{measure} can have no threshold; allowed are {string.Join(", ", Measures.All)}.", nameof(measure));
        var gauge = found with { IsBelow = isBelow };
        var level = gauge.Shown(threshold);
        var (since, incidents) = PastOf(gauge, level, server.Server.History, outlook, past);
        var present = gauge.FreshOf(server.Server, outlook.Grid, outlook.Time);
        if (server.Forecast.Of(gauge.Metric) is not { } forecast) return new(since, incidents, present >= level, present >= level ? 1 : null, null);
        var steps = (int)Math.Clamp(Math.Ceiling(ahead / outlook.Grid.Length), 1, forecast.Steps);
        return new(since, incidents, present >= level, Danger.ProbabilityOf(gauge, level, present, server, outlook.Grid, steps), AheadOf(gauge, level, server.Forecast, forecast, outlook.Grid, steps));
    }

    private static (DateTimeOffset? Since, ImmutableArray<PastIncident> Incidents) PastOf(Gauge gauge, float level, ServerHistory history, FleetOutlook outlook, TimeSpan past)
    {
        var (grid, end) = (outlook.Grid, outlook.FirstStep);
        var first = Math.Max(end - (long)Math.Ceiling(past / grid.Length), history.OldestStep);
        if (first >= end) return (null, []);
        var values = new float[(int)(end - first) + InputShape.Hour]; // the hour before tells whether an incident was on
        history.CopyTo(gauge.Metric, first - InputShape.Hour, values);
        foreach (ref var value in values.AsSpan()) value = gauge.Read(value);
        var known = Array.FindIndex(values, InputShape.Hour, value => !float.IsNaN(value));
        if (known < 0) return (null, []);
        var incidents = IncidentWatch.Of(values, level, InputShape.Hour).Incidents;
        return (grid.StartOf(first + known - InputShape.Hour), [.. incidents.Select(incident => new PastIncident(grid.StartOf(first + incident.From), grid.StartOf(first + incident.Until)))]);
    }

    private static ForeseenBreach? AheadOf(Gauge gauge, float level, ServerForecast of, MetricForecast forecast, StepGrid grid, int steps)
    {
        var breach = Breach.Of(gauge, forecast, level, steps);
        if (!gauge.IsReached(breach.Value, level)) return null;
        return new(Start(breach.Step), Start(breach.From), Start(breach.Until), breach.Quantile == QuantileLevels.P50);

        DateTimeOffset Start(int step) => of.FirstStep + (step * grid.Length);
    }
}
