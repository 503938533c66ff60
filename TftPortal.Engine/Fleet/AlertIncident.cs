using System.Collections.Immutable;
using System.Globalization;

namespace TftPortal.Engine.Fleet;

/// <summary>Alerts that are one trouble: those of a server while they last, and those of servers that broke together. Every alert that stands is in exactly one.</summary>
public sealed record AlertIncident
{
    /// <summary>Stays the same while it lasts, and over a restart.</summary>
    public required Guid Id { get; init; }
    /// <summary>When its first alert was raised.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>The worst of its alerts.</summary>
    public required AlertSeverity Severity { get; init; }
    /// <summary>The alerts that stand, an <see cref="Alert.Id"/> each: the most severe first; at least one.</summary>
    public required ImmutableArray<Guid> Alerts { get; init; }
    /// <summary>Their servers, by name.</summary>
    public required ImmutableArray<string> Servers { get; init; }
    /// <summary>In a sentence.</summary>
    public required string Message { get; init; }
    /// <summary>Incidents that turned out to be this one, and have no alerts any more: they are not resolved, they go on here.</summary>
    public ImmutableArray<Guid> Absorbed { get => field.IsDefault ? [] : field; init; }

    /// <summary>Whether several servers broke together.</summary>
    public bool IsCascade => Servers.Length > 1;

    /// <summary>What is said of alerts that are one trouble, for example "40 servers together (web-01 to web-40) with cpu_iowait_pct; the worst: web-03: …".</summary>
    /// <param name="alerts">The alerts, the most severe first; at least one.</param>
    public static string Sentence(ImmutableArray<Alert> alerts)
    {
        var worst = alerts[0].Message;
        if (alerts.Length == 1) return worst;
        List<string> servers = [.. alerts.Select(alert => alert.Server).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (servers.Count == 1) return string.Create(CultureInfo.InvariantCulture, $"{servers[0]}: {alerts.Length} alerts; the worst: {worst}");
        var metrics = alerts.CountBy(alert => alert.Metric).OrderByDescending(of => of.Value).ThenBy(of => of.Key, StringComparer.Ordinal).Select(of => of.Key).ToList();
        var what = metrics.Count <= 2 ? string.Join(" and ", metrics) : string.Create(CultureInfo.InvariantCulture, $"{metrics[0]}, {metrics[1]} and {metrics.Count - 2} more");
        return string.Create(CultureInfo.InvariantCulture, $"{servers.Count} servers together ({servers[0]} to {servers[^1]}) with {what}; the worst: {worst}");
    }
}
