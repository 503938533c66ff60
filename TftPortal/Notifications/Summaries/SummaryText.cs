using System.Globalization;
using System.Text;
using TftPortal.Engine.History;

namespace TftPortal.Notifications.Summaries;

/// <summary>A week's report in words, beside that of the week before.</summary>
internal static class SummaryText
{
    private const int ServersNamed = 5;

    /// <summary>In a few words.</summary>
    public static string Title(FleetReport week) =>
        $"Weekly summary: {Count(week.Alerts.Raised, "alert", "alerts")}{(week.Alerts.Precision is { } precision ? $", {Percent(precision)} of predictions came true" : "")}";

    /// <summary>Of several lines.</summary>
    public static string Body(SummaryWeek of, FleetReport week, FleetReport before)
    {
        var text = new StringBuilder($"{Moment(of.Range.From, of.Zone)} to {Moment(of.Range.To, of.Zone)} ({of.Zone.Id}). In brackets the week before.");
        if (week.Steps == 0 && week.Alerts.Raised == 0) return text.Append("\nNothing is recorded of this week.").ToString();
        var (now, then) = (week.Alerts, before.Alerts);
        Line($"Watched: {Count(week.Servers, "server", "servers")}, {Number(now.ServerDays)} server-days ({Number(then.ServerDays)}).");
        Line($"Alerts: {now.Raised} raised ({then.Raised}), {now.Critical} critical ({then.Critical}), {now.Raised - now.Critical} warning ({then.Raised - then.Critical}); {now.Open} still open.");
        Line($"Predictions: {Share(now.Precision)} came true ({Share(then.Precision)}), {now.CameTrue} right and {Count(now.FalseAlarms, "false alarm", "false alarms")}; {Count(now.Missed, "breach", "breaches")} unannounced ({then.Missed}).");
        Line($"Lead: {Minutes(now.MeanLeadMinutes)} in the mean ({Minutes(then.MeanLeadMinutes)}), {Minutes(now.MedianLeadMinutes)} in the median ({Minutes(then.MedianLeadMinutes)}).");
        Line($"Fleet health: {(week.States.IsEmpty ? "not recorded" : string.Join(", ", week.States.Select(state => $"{state.Health} {Percent(state.Share)} ({Share(ShareOf(before, state.Health))})")))}.");
        Line($"Longest in alert: {(week.TopServers.IsEmpty ? "no server" : string.Join(", ", week.TopServers.Take(ServersNamed).Select(server => $"{server.Server} ({Count(server.Alerts, "alert", "alerts")}, {Length(server.Time)})")))}.");
        return text.ToString();

        void Line(string line) => text.Append('\n').Append(line);
    }

    // A state that was not there took none of a week that is known.
    private static double? ShareOf(FleetReport report, string health) => report.States.IsEmpty ? null : report.States.Where(state => state.Health == health).Sum(state => state.Share);

    private static string Moment(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private static string Number(double number) => number.ToString("#,##0.#", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");

    private static string Share(double? share) => share is { } known ? Percent(known) : "none";

    private static string Minutes(double? minutes) => minutes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0} min") : "none";

    private static string Length(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):0} h {time.Minutes} min");
}
