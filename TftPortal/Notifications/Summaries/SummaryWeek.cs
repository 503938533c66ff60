using System.Globalization;
using TftPortal.Engine.History;

namespace TftPortal.Notifications.Summaries;

/// <summary>A week that is summed up: the seven days up to the moment at which its summary is due.</summary>
/// <param name="Name">Its last day, yyyy-MM-dd: the same for every clock and restart.</param>
/// <param name="Range">The week.</param>
/// <param name="Before">The week before it.</param>
/// <param name="Zone">The time zone that its moments are told in.</param>
internal sealed record SummaryWeek(string Name, HistoryRange Range, HistoryRange Before, TimeZoneInfo Zone)
{
    private const int Days = 7;

    /// <summary>When the summary is due.</summary>
    public DateTimeOffset Due => Range.To;

    /// <summary>The page that shows more of this week, whenever it is opened; without the portal's address.</summary>
    public string Page => string.Create(CultureInfo.InvariantCulture, $"history?from={Range.From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={Range.To.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    /// <summary>The week whose summary was due last.</summary>
    public static SummaryWeek Last(SummaryOptions options, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Zone);
        var time = TimeOnly.ParseExact(options.Time, "HH:mm", CultureInfo.InvariantCulture);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var day = today.AddDays(-((today.DayOfWeek - options.Day + Days) % Days));
        return Moment(day, time, zone) <= now ? Of(day, time, zone) : Of(day.AddDays(-Days), time, zone);
    }

    /// <summary>The seven days up to now, for an example.</summary>
    public static SummaryWeek UpTo(SummaryOptions options, DateTimeOffset now) =>
        new("example", new(now.AddDays(-Days), now), new(now.AddDays(-2 * Days), now.AddDays(-Days)), TimeZoneInfo.FindSystemTimeZoneById(options.Zone));

    private static SummaryWeek Of(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var (end, start) = (Moment(day, time, zone), Moment(day.AddDays(-Days), time, zone));
        return new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), new(start, end), new(Moment(day.AddDays(-2 * Days), time, zone), start), zone);
    }

    // A time that a clock set forward leaves out is an hour later; of one that comes twice it is the later one.
    private static DateTimeOffset Moment(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
