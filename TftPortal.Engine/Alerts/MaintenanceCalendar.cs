using System.Collections.Concurrent;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>When maintenance windows are open: their rules (RFC 5545) by the clock of their zone, summer and winter. Safe for several threads.</summary>
public sealed class MaintenanceCalendar
{
    // A rule that never comes, such as 30 February, is looked for in so many of its days, weeks, months or years, and no further.
    private static readonly EvaluationOptions Limits = new() { MaxUnmatchedIncrementsLimit = 2_000 };
    private static readonly FrequencyType[] Allowed = [FrequencyType.Daily, FrequencyType.Weekly, FrequencyType.Monthly, FrequencyType.Yearly];
    private readonly ConcurrentDictionary<MaintenanceWindow, (DateTimeOffset From, Opening? Opening)> answers = new();

    /// <summary>A time in which a window is open.</summary>
    /// <param name="From">From when.</param>
    /// <param name="Until">Until when; not that moment itself.</param>
    public sealed record Opening(DateTimeOffset From, DateTimeOffset Until);

    /// <summary>Whether a window is open at a time.</summary>
    public bool IsOn(MaintenanceWindow window, DateTimeOffset now) => Next(window, now) is { } opening && opening.From <= now;

    /// <summary>The opening of a window that holds at a time, or else the next one; null where none comes any more.</summary>
    public Opening? Next(MaintenanceWindow window, DateTimeOffset now)
    {
        if (answers.TryGetValue(window, out var known) && now >= known.From && (known.Opening is null || now < known.Opening.Until)) return known.Opening;
        if (answers.Count > 1_000) answers.Clear();
        var next = Openings(window, now).FirstOrDefault();
        answers[window] = (now, next);
        return next;
    }

    /// <summary>Why a rule is none; null where it is one, or empty.</summary>
    internal static string? FaultOf(string rule)
    {
        if (rule.Length == 0) return null;
        try
        {
            var read = new RecurrenceRule(rule);
            return Allowed.Contains(read.Frequency) && read.BySecond.Count + read.ByMinute.Count == 0 ? null : $"{Words.Quoted(rule)} comes too often; allowed are FREQ=DAILY, WEEKLY, MONTHLY and YEARLY, without BYMINUTE and BYSECOND";
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return $"{Words.Quoted(rule)} is no recurrence rule; allowed is RFC 5545, for example FREQ=WEEKLY;BYDAY=SU";
        }
    }

    /// <summary>The openings that have not ended at a time, in their order.</summary>
    private static IEnumerable<Opening> Openings(MaintenanceWindow window, DateTimeOffset now)
    {
        var first = new CalDateTime(DateTime.SpecifyKind(window.Start, DateTimeKind.Unspecified), window.TimeZone);
        if (window.Rule.Length == 0) return Ends([OpeningAt(first, window)], now);
        var comes = new CalendarEvent { Start = first, RecurrenceRule = new(window.Rule) };
        var from = new CalDateTime((now - window.Duration - TimeSpan.FromDays(1)).UtcDateTime, CalDateTime.UtcTzId);
        return Ends(comes.GetOccurrences(from, Limits).Select(occurrence => OpeningAt(occurrence.Period.StartTime, window)), now);
    }

    private static IEnumerable<Opening> Ends(IEnumerable<Opening> openings, DateTimeOffset now)
    {
        using var each = openings.GetEnumerator();
        while (Moves(each))
        {
            if (each.Current.Until > now) yield return each.Current;
        }
    }

    private static bool Moves(IEnumerator<Opening> openings)
    {
        try
        {
            return openings.MoveNext();
        }
        catch (EvaluationException)
        {
            return false; // it does not come again within what is looked at
        }
    }

    private static Opening OpeningAt(CalDateTime start, MaintenanceWindow window)
    {
        var from = new DateTimeOffset(start.AsUtc, TimeSpan.Zero);
        return new(from, from + window.Duration);
    }
}
