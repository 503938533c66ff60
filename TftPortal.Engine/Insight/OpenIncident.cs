using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Insight;

/// <summary>An incident while it is being told apart from others: what of it must not change.</summary>
internal sealed class OpenIncident(Guid id, DateTimeOffset startedAt, ImmutableArray<Guid> absorbed)
{
    private ImmutableArray<Guid> absorbed = absorbed;

    /// <summary>Its id.</summary>
    public Guid Id => id;

    /// <summary>When its first alert was raised.</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Goes on for another one, which has no alerts any more.</summary>
    public void Absorb(OpenIncident other) => absorbed = [.. absorbed.Append(other.Id).Concat(other.absorbed).Distinct()];

    /// <summary>As it shows, with the alerts in it, the most severe first.</summary>
    public AlertIncident Said(ImmutableArray<Alert> alerts)
    {
        ImmutableArray<string> servers = [.. alerts.Select(alert => alert.Server).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new()
        {
            Id = id,
            StartedAt = startedAt,
            Severity = alerts.Max(alert => alert.Severity),
            Alerts = [.. alerts.Select(alert => alert.Id)],
            Servers = servers,
            Message = AlertIncident.Sentence(alerts),
            Absorbed = absorbed,
        };
    }
}
