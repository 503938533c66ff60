using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Alerts;

/// <summary>Which alerts a page shows.</summary>
public enum AlertChoice
{
    /// <summary>All that stand.</summary>
    Open,
    /// <summary>Those that nobody has taken, and of which something is sent.</summary>
    Untaken,
    /// <summary>Those that somebody has taken.</summary>
    Taken,
    /// <summary>Those that are silenced, under maintenance or in quiet hours.</summary>
    Hushed,
    /// <summary>Those that ended within the last day.</summary>
    Ended,
}

/// <summary>An incident, and those of its alerts that a view shows.</summary>
/// <param name="Incident">The incident; null for alerts that have ended.</param>
/// <param name="Alerts">The alerts, the most severe first.</param>
public sealed record ShownIncident(AlertIncident? Incident, IReadOnlyList<Alert> Alerts);

/// <summary>Which alerts the page shows; what its address says.</summary>
/// <param name="Search">Part of a server's name; empty for all.</param>
/// <param name="Choice">Which.</param>
/// <param name="Severity">How bad; null for any.</param>
/// <param name="IsMine">Whether only those that the visitor took or was given.</param>
public sealed record AlertView(string Search, AlertChoice Choice, AlertSeverity? Severity, bool IsMine)
{
    /// <summary>A view as its address says it; what the address gets wrong is ignored.</summary>
    public static AlertView From(string? search, string? state, string? severity, string? mine) => new(
        search?.Trim() ?? "",
        Enum.TryParse<AlertChoice>(state, ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : AlertChoice.Open,
        Enum.TryParse<AlertSeverity>(severity, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : null,
        mine == "1");

    /// <summary>Whether it shows everything that stands.</summary>
    public bool IsAll => this is { Search: "", Choice: AlertChoice.Open, Severity: null, IsMine: false };

    /// <summary>The alerts of a picture in this view, by incident.</summary>
    /// <param name="outlook">The picture.</param>
    /// <param name="me">How the visitor is named.</param>
    public IReadOnlyList<ShownIncident> Of(FleetOutlook outlook, string me)
    {
        if (Choice == AlertChoice.Ended) return [.. outlook.Ended.Select(ended => ended.Alert).Where(alert => Shows(alert, me)).Select(alert => new ShownIncident(null, [alert]))];
        var alerts = outlook.Alerts.Where(alert => Shows(alert, me)).ToLookup(alert => alert.IncidentId);
        return [.. outlook.Incidents.Where(incident => alerts.Contains(incident.Id)).Select(incident => new ShownIncident(incident, [.. alerts[incident.Id]]))];
    }

    private static bool IsOf(string me, string owner) => string.Equals(me, owner.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(AlertWords.Who(me), owner.Trim(), StringComparison.OrdinalIgnoreCase);

    private bool Shows(Alert alert, string me) =>
        (Search.Length == 0 || alert.Server.Contains(Search, StringComparison.OrdinalIgnoreCase))
        && (Severity is null || Severity == alert.Severity)
        && (!IsMine || alert.AcknowledgedBy == me || (alert.AssignedTo is { } owner && IsOf(me, owner)))
        && Choice switch
        {
            AlertChoice.Untaken => alert.AcknowledgedBy is null && !alert.IsHushed,
            AlertChoice.Taken => alert.AcknowledgedBy is not null,
            AlertChoice.Hushed => alert.IsHushed,
            _ => true,
        };
}
