using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>The alerts that ended lately, so that somebody can still say what they were: within a day, and 200 at most.</summary>
internal sealed class EndedAlerts
{
    private const int Most = 200;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>All of them, the newest first.</summary>
    public ImmutableArray<EndedAlert> All { get; private set; } = [];

    /// <summary>Goes on from what was known before a restart.</summary>
    public void Recall(ImmutableArray<EndedAlert> earlier) => All = earlier;

    /// <summary>The one of an id.</summary>
    public Alert? Find(Guid id) => All.FirstOrDefault(ended => ended.Alert.Id == id)?.Alert;

    /// <summary>Adds those that end now, and forgets the oldest.</summary>
    public void Add(IEnumerable<Alert> alerts, DateTimeOffset now)
    {
        EndedAlert[] ending = [.. alerts.OrderBy(alert => alert.Id).Take(Most).Select(alert => new EndedAlert(alert, now))];
        if (ending.Length > 0 || (All is [.., var oldest] && now - oldest.EndedAt > Memory)) All = [.. ending.Concat(All).Where(ended => now - ended.EndedAt <= Memory).Take(Most)];
    }

    /// <summary>Puts an alert in the place of the one of the same id.</summary>
    public void Replace(Alert alert) => All = [.. All.Select(ended => ended.Alert.Id == alert.Id ? ended with { Alert = alert } : ended)];
}
