using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Alerts;

/// <summary>
/// Raises, holds and clears alerts: one for a gauge of a server while it lasts. It is raised when a threshold is passed now, or will probably be within the look-ahead, in so many pictures as its rule asks;
/// it holds while that is still somewhat probable, and clears only after it has been quiet for a while: longer where it flaps.
/// </summary>
internal sealed class AlertDesk(Watchlist watchlist, AlertOptions options, StepGrid grid)
{
    private readonly AlertWriter writer = new(grid);
    private readonly RaiseLog raises = new();
    private readonly EndedAlerts ended = new();
    private Dictionary<(string Server, string Gauge), AlertEpisode> episodes = [];
    private Dictionary<(string Server, string Gauge), int> showing = []; // in how many pictures a danger has shown that is no alert yet

    /// <summary>What must not be forgotten over a restart.</summary>
    public AlertMemory Memory => new([.. episodes.Values.OrderBy(episode => episode.Alert.Id)], raises.All) { Ended = ended.All };

    /// <summary>What was raised within the last 2 hours, the oldest first.</summary>
    public ImmutableArray<AlertRaise> Raises => raises.All;

    /// <summary>What ended within the last day, the newest first.</summary>
    public ImmutableArray<EndedAlert> Ended => ended.All;

    /// <summary>The alerts that stand: the most severe first, then by time of breach.</summary>
    public ImmutableArray<Alert> Standing =>
    [
        .. episodes.Values.Select(episode => episode.Alert)
            .OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.BreachAt)
            .ThenBy(alert => alert.Server, StringComparer.Ordinal).ThenBy(alert => alert.Metric, StringComparer.Ordinal),
    ];

    /// <summary>Goes on from what was known before a restart. Before the first review.</summary>
    public void Recall(AlertMemory memory)
    {
        episodes = memory.Episodes.ToDictionary(episode => (episode.Alert.Server, episode.Alert.Metric));
        raises.Recall(memory.Raises);
        ended.Recall(memory.Ended);
    }

    /// <summary>An alert that stands, or ended within the last day.</summary>
    public Alert? Find(Guid id) => episodes.Values.FirstOrDefault(episode => episode.Alert.Id == id)?.Alert ?? ended.Find(id);

    /// <summary>Puts what people did with an alert in its place: that of the same id.</summary>
    public void Replace(Alert alert)
    {
        var key = (alert.Server, alert.Metric);
        if (episodes.GetValueOrDefault(key) is { } episode && episode.Alert.Id == alert.Id) episodes[key] = episode with { Alert = alert };
        else ended.Replace(alert);
    }

    /// <summary>Looks at the whole fleet.</summary>
    /// <param name="servers">Every server of the picture; the alerts of others end.</param>
    /// <param name="now">The time.</param>
    /// <returns><see cref="Standing"/>.</returns>
    public ImmutableArray<Alert> Review(IEnumerable<ServerOutlook> servers, DateTimeOffset now)
    {
        raises.Forget(now);
        var (before, shown) = (episodes, showing);
        (episodes, showing) = ([], []);
        foreach (var server in servers)
        {
            foreach (var watch in watchlist.For(server.Server))
            {
                var key = (server.Server.Name, watch.Gauge.Name);
                if (Review(server, watch, before.GetValueOrDefault(key), shown.GetValueOrDefault(key), now) is { } episode) episodes[key] = episode;
            }
        }

        ended.Add(before.Where(old => !episodes.ContainsKey(old.Key)).Select(old => old.Value.Alert), now);
        return Standing;
    }

    private AlertEpisode? Review(ServerOutlook server, Watch watch, AlertEpisode? episode, int times, DateTimeOffset now)
    {
        var lookAhead = options.LookAheadSteps(watch, grid);
        var present = watch.Gauge.FreshOf(server.Server, grid, now);
        var warning = Danger.Of(watch, AlertSeverity.Warning, present, server, grid, lookAhead);
        var critical = Danger.Of(watch, AlertSeverity.Critical, present, server, grid, lookAhead);

        if (episode is null)
        {
            if (!IsRaised(watch, critical) && (!IsRaised(watch, warning) || warning.IsBlip(server.Server, watch.Gauge, grid))) return null;
            if (++times < (watch.Cycles ?? options.RaiseCycles))
            {
                showing[(server.Server.Name, watch.Gauge.Name)] = times;
                return null;
            }

            var danger = IsRaised(watch, critical) ? critical : warning;
            return new(Write(danger, isQuiet: false, null, raises.Add(server.Server.Name, watch.Gauge.Name, now)), null, null);
        }

        DateTimeOffset? criticalQuiet = Holds(watch, critical) ? null : Since(episode.CriticalQuietSince);
        DateTimeOffset? quiet = Holds(watch, warning) ? null : Since(episode.QuietSince);
        var clearAfter = TimeSpan.FromMinutes(options.ClearAfterMinutes) * (episode.Alert.RaisedTimes >= RaiseLog.Flapping ? RaiseLog.Patience : 1);
        if (now - quiet >= clearAfter) return null;
        var staysCritical = episode.Alert.Severity == AlertSeverity.Critical && !(now - criticalQuiet >= clearAfter);
        var shown = staysCritical || IsRaised(watch, critical) ? critical : warning;
        return new(Write(shown, !Holds(watch, shown), episode.Alert, episode.Alert.RaisedTimes), criticalQuiet, quiet);

        Alert Write(Danger danger, bool isQuiet, Alert? before, int raised) =>
            writer.Write(new(server, watch, danger, isQuiet, before, raised, lookAhead, now)) with
            {
                BreachedAt = before?.BreachedAt ?? (warning.IsBreaching || critical.IsBreaching ? server.Server.LatestAt[(int)watch.Gauge.Metric] : null),
                QuietUntil = watch.QuietHours?.EndAfter(now),
            };

        // A clock that was set back must not make the quiet time longer than it is.
        DateTimeOffset Since(DateTimeOffset? before) => before is { } known && known <= now ? known : now;
    }

    private bool IsRaised(Watch watch, Danger danger) => danger.IsBreaching || danger.Probability >= (options.RaiseFrom(watch));

    private bool Holds(Watch watch, Danger danger) => danger.IsBreaching || danger.Probability >= (watch.Threshold.ClearProbability ?? options.ClearProbability);
}
