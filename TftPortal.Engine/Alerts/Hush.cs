using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>Says of alerts what silences them and which maintenance their servers are under: they are raised and shown all the same.</summary>
internal sealed class Hush(MaintenanceCalendar calendar)
{
    /// <summary>The alerts, each with the silence that ends last and the window that covers it now.</summary>
    public ImmutableArray<Alert> Over(ImmutableArray<Alert> alerts, AlertBook book, DateTimeOffset now)
    {
        AlertSilence[] silences = [.. book.Silences.Where(silence => silence.IsOn(now)).OrderByDescending(silence => silence.Until)];
        MaintenanceWindow[] windows = [.. book.Maintenance.Where(window => calendar.IsOn(window, now))];
        if (silences.Length + windows.Length == 0) return alerts;
        return
        [
            .. alerts.Select(alert =>
            {
                var silence = silences.FirstOrDefault(silence => silence.Covers(alert.Server, alert.Metric));
                var window = windows.FirstOrDefault(window => ServerPattern.Matches(window.Servers, alert.Server));
                return silence is null && window is null ? alert : alert with { SilencedUntil = silence?.Until, SilencedBy = silence?.By, Maintenance = window?.Name };
            }),
        ];
    }
}
