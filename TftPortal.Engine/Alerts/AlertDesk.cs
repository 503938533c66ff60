using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>
/// Raises, holds and clears alerts: one for a gauge of a server while it lasts. It is raised when a threshold is passed now, or will probably be within the look-ahead;
/// it holds while that is still somewhat probable, and clears only after it has been quiet for a while.
/// </summary>
internal sealed class AlertDesk(Watchlist watchlist, AlertOptions options, StepGrid grid)
{
    private readonly int lookAhead = Math.Clamp((int)Math.Ceiling(TimeSpan.FromMinutes(options.LookAheadMinutes) / grid.Length), 1, 96);
    private readonly TimeSpan clearAfter = TimeSpan.FromMinutes(options.ClearAfterMinutes);
    private Dictionary<(string Server, string Gauge), Episode> episodes = [];

    /// <summary>Looks at the whole fleet.</summary>
    /// <param name="servers">Every server of the picture; the alerts of others end.</param>
    /// <param name="now">The time.</param>
    /// <returns>The alerts, the most severe first, then by time of breach.</returns>
    public ImmutableArray<Alert> Review(IEnumerable<ServerOutlook> servers, DateTimeOffset now)
    {
        var standing = new Dictionary<(string, string), Episode>();
        foreach (var server in servers)
        {
            foreach (var watch in watchlist.For(server.Server.Profile))
            {
                var key = (server.Server.Name, watch.Gauge.Name);
                if (Review(server, watch, episodes.GetValueOrDefault(key), now) is { } episode) standing[key] = episode;
            }
        }

        episodes = standing;
        return
        [
            .. standing.Values.Select(episode => episode.Alert)
                .OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.BreachAt)
                .ThenBy(alert => alert.Server, StringComparer.Ordinal).ThenBy(alert => alert.Metric, StringComparer.Ordinal),
        ];
    }

    private Episode? Review(ServerOutlook server, Watch watch, Episode? episode, DateTimeOffset now)
    {
        var present = watch.Gauge.FreshOf(server.Server, grid, now);
        var forecast = server.Forecast.Of(watch.Gauge.Metric);
        var warning = Danger.Of(watch, AlertSeverity.Warning, present, forecast, lookAhead);
        var critical = Danger.Of(watch, AlertSeverity.Critical, present, forecast, lookAhead);

        if (episode is null)
        {
            if (!IsRaised(warning) && !IsRaised(critical)) return null;
            var danger = IsRaised(critical) ? critical : warning;
            return new(Write(server, watch, danger, null, now), null, null);
        }

        DateTimeOffset? criticalQuiet = Holds(critical) ? null : episode.CriticalQuietSince ?? now;
        DateTimeOffset? quiet = Holds(warning) ? null : episode.QuietSince ?? now;
        if (now - quiet >= clearAfter) return null;
        var staysCritical = episode.Alert.Severity == AlertSeverity.Critical && !(now - criticalQuiet >= clearAfter);
        var shown = staysCritical || IsRaised(critical) ? critical : warning;
        return new(Write(server, watch, shown, episode.Alert, now), criticalQuiet, quiet);
    }

    private bool IsRaised(Danger danger) => danger.IsBreaching || danger.Probability >= options.RaiseProbability;

    private bool Holds(Danger danger) => danger.IsBreaching || danger.Probability >= options.ClearProbability;

    private Alert Write(ServerOutlook server, Watch watch, Danger danger, Alert? before, DateTimeOffset now)
    {
        var same = before?.Severity == danger.Severity ? before : null;
        if (danger.IsBreaching)
        {
            var since = same?.State == AlertState.Breaching ? same.BreachAt : server.Server.LatestAt[(int)watch.Gauge.Metric];
            return Write(server, watch, danger, before, now, AlertState.Breaching, danger.Present, since, AlertText.Breaching(server.Server.Name, watch.Gauge, danger));
        }

        if (before is not null && !Holds(danger))
        {
            // Quiet, and not yet for long enough: it keeps saying what it was raised for.
            return before with
            {
                Severity = danger.Severity,
                Threshold = danger.Threshold,
                Probability = danger.Probability,
                Message = AlertText.Quiet(server.Server.Name, watch.Gauge, danger),
            };
        }

        // Neither breaching nor quiet: it is the forecast that raised or holds it.
        var breach = Breach.Of(watch.Gauge, server.Forecast.Of(watch.Gauge.Metric)!, danger.Threshold, lookAhead);
        var at = server.Forecast.FirstStep + (breach.Step * grid.Length);
        return Write(server, watch, danger, before, now, AlertState.Predicted, breach.Value, at, AlertText.Predicted(server.Server.Name, watch.Gauge, danger, breach, at));
    }

    private Alert Write(
        ServerOutlook server, Watch watch, Danger danger, Alert? before, DateTimeOffset now, AlertState state, float value, DateTimeOffset breachAt, string message) => new()
    {
        Id = before?.Id ?? Guid.CreateVersion7(now),
        Server = server.Server.Name,
        Metric = watch.Gauge.Name,
        Severity = danger.Severity,
        State = state,
        PredictedValue = value,
        Threshold = danger.Threshold,
        StepsAhead = state == AlertState.Breaching ? 0 : (int)(grid.StepOf(breachAt) - grid.StepOf(now)),
        MinutesAhead = state == AlertState.Breaching ? 0 : Math.Max(1, (int)Math.Ceiling((breachAt - now).TotalMinutes)),
        Probability = danger.Probability,
        StartedAt = before?.StartedAt ?? now,
        BreachAt = breachAt,
        ModelVersion = server.Forecast.ModelVersion,
        Message = message,
        AcknowledgedBy = before?.AcknowledgedBy,
    };
}
