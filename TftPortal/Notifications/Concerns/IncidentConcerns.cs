using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;

namespace TftPortal.Notifications.Concerns;

/// <summary>The incidents of the newest picture, without those of their alerts that are silenced, in maintenance or in quiet hours.</summary>
internal sealed class IncidentConcerns(OutlookFeed feed) : IConcerns
{
    public NoticeKind Kind => NoticeKind.Incident;

    public Task<IReadOnlyList<Concern>?> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        var outlook = feed.Latest;
        return Task.FromResult(outlook.Sequence == 0 ? null : Of(outlook)); // before the first picture nothing is known, and nothing is over
    }

    /// <summary>What a picture's incidents are as concerns.</summary>
    public static IReadOnlyList<Concern> Of(FleetOutlook outlook)
    {
        var alerts = outlook.Alerts.ToDictionary(alert => alert.Id);
        return [.. outlook.Incidents.Select(incident => Of(incident, [.. incident.Alerts.Select(id => alerts.GetValueOrDefault(id)).OfType<Alert>()], outlook))];
    }

    private static Concern Of(AlertIncident incident, ImmutableArray<Alert> all, FleetOutlook outlook)
    {
        var told = all.Where(alert => !alert.IsHushed).ToImmutableArray();
        var shown = told.IsEmpty ? all : told;
        var servers = shown.Select(alert => alert.Server).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return new()
        {
            Key = KeyOf(incident.Id),
            Kind = NoticeKind.Incident,
            Severity = shown.Any(alert => alert.Severity == AlertSeverity.Critical) ? AlertSeverity.Critical : AlertSeverity.Warning,
            IsBreaching = shown.Any(alert => alert.State == AlertState.Breaching),
            StartedAt = incident.StartedAt,
            Title = Title(shown, servers),
            Message = shown.Length == all.Length ? incident.Message : AlertIncident.Sentence(shown), // the incident's own names what is silenced too
            Servers = [.. servers.Select(name => new ConcernServer(name, outlook.ByName.GetValueOrDefault(name)?.Server.Profile ?? ServerProfile.Generic))],
            Alerts = [.. shown.Select(Of)],
            IsSimulated = !servers.IsEmpty && servers.All(name => outlook.ByName.GetValueOrDefault(name)?.Server.IsSimulated == true),
            AcknowledgedBy = shown.All(alert => alert.AcknowledgedBy is not null) ? shown.MaxBy(alert => alert.AcknowledgedAt)?.AcknowledgedBy : null,
            IsHeld = told.IsEmpty,
            Nags = true,
            Absorbed = [.. incident.Absorbed.Select(KeyOf)],
            Page = servers is [var only] ? $"servers/{Uri.EscapeDataString(only)}" : "",
            Over = servers is [var one] ? $"{one} is out of danger." : string.Create(CultureInfo.InvariantCulture, $"All {servers.Length} servers are out of danger."),
        };
    }

    private static string Title(ImmutableArray<Alert> alerts, ImmutableArray<string> servers)
    {
        var what = string.Join(", ", alerts.Select(alert => alert.Metric).Distinct(StringComparer.Ordinal).Take(3));
        return servers is [var only] ? $"{only}: {what}" : string.Create(CultureInfo.InvariantCulture, $"{servers.Length} servers: {what}");
    }

    private static string KeyOf(Guid id) => $"incident:{id}";

    private static NoticeAlert Of(Alert alert) => new()
    {
        Id = alert.Id,
        Server = alert.Server,
        Metric = alert.Metric,
        Severity = alert.Severity,
        IsBreaching = alert.State == AlertState.Breaching,
        Value = alert.PredictedValue,
        Threshold = alert.Threshold,
        Probability = alert.Probability,
        BreachAt = alert.BreachAt,
        Message = alert.Message,
    };
}
