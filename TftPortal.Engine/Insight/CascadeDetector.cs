using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>
/// Sorts alerts into incidents: every alert into exactly one. A new alert joins its server's incident while that lasts, and begins one where there is none; but what is raised on several servers
/// at once, more than chance does (<see cref="Bursts"/>), is one incident, whatever else its servers have. An alert moves to such an incident within <see cref="Together"/> of its raise, and never later.
/// </summary>
internal sealed class CascadeDetector
{
    /// <summary>Within how long raises are together. A failure that many servers share shows in the next reading of each, which comes within minutes.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    private Dictionary<Guid, OpenIncident> homes = []; // by alert

    /// <summary>The incidents as they stood after the newest sorting: the most severe first, then the oldest.</summary>
    public ImmutableArray<AlertIncident> Incidents { get; private set; } = [];

    /// <summary>Goes on from what was known before a restart.</summary>
    public void Recall(ImmutableArray<AlertIncident> earlier)
    {
        homes = [];
        Incidents = earlier;
        foreach (var incident in earlier)
        {
            var open = new OpenIncident(incident.Id, incident.StartedAt, incident.Absorbed);
            foreach (var alert in incident.Alerts) homes.TryAdd(alert, open);
        }
    }

    /// <summary>Sorts the alerts of a picture.</summary>
    /// <param name="alerts">All that stand, the most severe first.</param>
    /// <param name="raises">What was raised lately, of alerts that have ended too: they tell how much is usual.</param>
    /// <param name="fleet">The servers that there are.</param>
    /// <param name="now">The time.</param>
    /// <returns>The alerts in their order, each with its incident; <see cref="Incidents"/> has these.</returns>
    public ImmutableArray<Alert> Sort(ImmutableArray<Alert> alerts, ImmutableArray<AlertRaise> raises, IEnumerable<ServerSnapshot> fleet, DateTimeOffset now)
    {
        var known = homes.Values.ToHashSet();
        var standing = alerts.Select(alert => alert.Id).ToHashSet();
        homes = homes.Where(home => standing.Contains(home.Key)).ToDictionary();
        Settle(alerts);
        foreach (var (left, target) in Gather(alerts, raises, fleet, now).Where(move => known.Contains(move.Key)))
        {
            if (!homes.ContainsValue(left)) target.Absorb(left);
        }

        var sorted = Homed(alerts);
        Incidents =
        [
            .. sorted.GroupBy(alert => homes[alert.Id]).Select(of => of.Key.Said([.. of]))
                .OrderByDescending(incident => incident.Severity).ThenBy(incident => incident.StartedAt).ThenBy(incident => incident.Id),
        ];
        return sorted;
    }

    /// <summary>The alerts of the newest sorting, each with its incident.</summary>
    public ImmutableArray<Alert> Homed(ImmutableArray<Alert> alerts) => [.. alerts.Select(alert => alert with { IncidentId = homes.GetValueOrDefault(alert.Id)?.Id ?? Guid.Empty })];

    /// <summary>Gives every new alert a home: its server's newest incident, or one of its own.</summary>
    private void Settle(ImmutableArray<Alert> alerts)
    {
        var ofServers = new Dictionary<string, OpenIncident>(StringComparer.Ordinal);
        foreach (var alert in alerts)
        {
            if (homes.TryGetValue(alert.Id, out var home) && (!ofServers.TryGetValue(alert.Server, out var other) || other.StartedAt < home.StartedAt)) ofServers[alert.Server] = home;
        }

        foreach (var alert in alerts)
        {
            if (homes.ContainsKey(alert.Id)) continue;
            if (!ofServers.TryGetValue(alert.Server, out var home)) ofServers[alert.Server] = home = new(Guid.CreateVersion7(alert.StartedAt), alert.StartedAt, []);
            homes[alert.Id] = home;
        }
    }

    /// <summary>Brings together what was raised together.</summary>
    /// <returns>Which incident lost alerts to which.</returns>
    private Dictionary<OpenIncident, OpenIncident> Gather(ImmutableArray<Alert> alerts, ImmutableArray<AlertRaise> raises, IEnumerable<ServerSnapshot> fleet, DateTimeOffset now)
    {
        var moves = new Dictionary<OpenIncident, OpenIncident>();
        var fresh = alerts.Where(alert => now - alert.StartedAt is var age && age >= TimeSpan.Zero && age <= Together).ToList();
        foreach (var burst in Bursts.Of(fresh, raises, fleet, now))
        {
            var target = TargetOf(burst, alerts, now);
            foreach (var alert in burst)
            {
                if (homes[alert.Id] == target) continue;
                moves[homes[alert.Id]] = target;
                homes[alert.Id] = target;
            }
        }

        return moves;
    }

    /// <summary>
    /// The incident that a burst is: one that began with it, or that several servers have joined lately, or that most of its servers are in already; else a new one.
    /// What stands for long does not swallow a new outage because some of the servers are the same: nobody would be told of it.
    /// </summary>
    private OpenIncident TargetOf(List<Alert> burst, ImmutableArray<Alert> alerts, DateTimeOffset now)
    {
        var began = burst.Min(alert => alert.StartedAt);
        var hit = burst.Select(alert => alert.Server).ToHashSet(StringComparer.Ordinal);
        var candidates = burst.Select(alert => homes[alert.Id]).ToHashSet();
        var members = alerts.Where(alert => candidates.Contains(homes[alert.Id])).GroupBy(alert => homes[alert.Id])
            .ToDictionary(of => of.Key, of => of.GroupBy(alert => alert.Server, StringComparer.Ordinal).ToDictionary(server => server.Key, server => server.Min(alert => alert.StartedAt), StringComparer.Ordinal));
        return candidates.Where(open => now - open.StartedAt <= Together || IsGrowing(members[open]) || IsOfMost(members[open]))
            .OrderByDescending(open => members[open].Count).ThenBy(open => open.StartedAt).ThenBy(open => open.Id)
            .FirstOrDefault() ?? new(Guid.CreateVersion7(now), began, []);

        bool IsGrowing(Dictionary<string, DateTimeOffset> joined) => joined.Values.Count(since => began - since <= Together) > 1;

        bool IsOfMost(Dictionary<string, DateTimeOffset> joined) => 2 * hit.Count(joined.ContainsKey) > hit.Count;
    }
}
