using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>A danger that an alert is to be written of.</summary>
/// <param name="Server">Whose.</param>
/// <param name="Watch">The gauge and its thresholds.</param>
/// <param name="Danger">Which threshold, and how probable.</param>
/// <param name="IsQuiet">Whether it neither breaches nor is probable enough to hold.</param>
/// <param name="Before">The alert as it stood; null where it is new.</param>
/// <param name="Times">How often it was raised lately.</param>
/// <param name="LookAhead">Steps.</param>
/// <param name="Now">The time.</param>
internal sealed record AlertCase(ServerOutlook Server, Watch Watch, Danger Danger, bool IsQuiet, Alert? Before, int Times, int LookAhead, DateTimeOffset Now);

/// <summary>Writes an alert: what is said, and when it breaches.</summary>
internal sealed class AlertWriter(StepGrid grid)
{
    /// <summary>The alert of a case.</summary>
    public Alert Write(AlertCase of)
    {
        var (server, watch, danger, before) = (of.Server, of.Watch, of.Danger, of.Before);
        var name = server.Server.Name;
        if (danger.IsBreaching)
        {
            var since = before?.Severity == danger.Severity && before.State == AlertState.Breaching ? before.BreachAt : server.Server.LatestAt[(int)watch.Gauge.Metric];
            return Write(of, AlertState.Breaching, danger.Present, (since, since, since), AlertText.Breaching(name, watch.Gauge, danger));
        }

        if (before is not null && of.IsQuiet)
        {
            // Quiet, and not yet for long enough: it keeps saying what it was raised for.
            return before with
            {
                Severity = danger.Severity,
                Threshold = watch.Gauge.Shown(danger.Threshold),
                Probability = danger.Probability,
                Message = AlertText.Quiet(name, watch.Gauge, danger),
            };
        }

        // Neither breaching nor quiet: it is the forecast that raised or holds it.
        var breach = Breach.Of(watch.Gauge, server.Forecast.Of(watch.Gauge.Metric)!, danger.Threshold, of.LookAhead);
        var at = (At(server, breach.Step), At(server, breach.From), At(server, breach.Until));
        return Write(of, AlertState.Predicted, breach.Value, at, AlertText.Predicted(name, watch.Gauge, danger, breach, at));
    }

    private DateTimeOffset At(ServerOutlook server, int step) => server.Forecast.FirstStep + (step * grid.Length);

    private Alert Write(AlertCase of, AlertState state, float value, (DateTimeOffset At, DateTimeOffset From, DateTimeOffset Until) breach, string message) => new()
    {
        Id = of.Before?.Id ?? Guid.CreateVersion7(of.Now),
        Server = of.Server.Server.Name,
        Metric = of.Watch.Gauge.Name,
        Severity = of.Danger.Severity,
        State = state,
        PredictedValue = of.Watch.Gauge.Shown(value),
        Threshold = of.Watch.Gauge.Shown(of.Danger.Threshold),
        StepsAhead = state == AlertState.Breaching ? 0 : (int)(grid.StepOf(breach.At) - grid.StepOf(of.Now)),
        MinutesAhead = state == AlertState.Breaching ? 0 : Math.Max(1, (int)Math.Ceiling((breach.At - of.Now).TotalMinutes)),
        Probability = of.Danger.Probability,
        StartedAt = of.Before?.StartedAt ?? of.Now,
        BreachAt = breach.At,
        BreachFrom = breach.From,
        BreachUntil = breach.Until,
        RaisedTimes = of.Times,
        ModelVersion = of.Server.Forecast.ModelVersion,
        Message = of.Times >= RaiseLog.Flapping ? AlertText.Flapping(message, of.Times) : message,
        Acts = of.Before?.Acts ?? [],
    };
}
