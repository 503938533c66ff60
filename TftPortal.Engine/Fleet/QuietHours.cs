namespace TftPortal.Engine.Fleet;

/// <summary>Hours of every day in which nothing is sent; alerts are raised, shown and recorded all the same, and those that still stand are sent when the hours end.</summary>
public sealed record QuietHours
{
    /// <summary>From which time of day on.</summary>
    public TimeOnly From { get; init; }
    /// <summary>Until which; before <see cref="From"/> for hours over midnight.</summary>
    public TimeOnly Until { get; init; }
    /// <summary>By which clock: an IANA name such as <c>Europe/Berlin</c>; UTC by default.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When they end that hold at a time; null outside them.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (!TimeOnly.FromDateTime(local).IsBetween(From, Until)) return null;
        var end = local.Date + Until.ToTimeSpan();
        if (end <= local) end = end.AddDays(1);
        while (zone.IsInvalidTime(end)) end = end.AddMinutes(15); // a time that the clock leaps over in spring
        return new DateTimeOffset(end, zone.GetUtcOffset(end));
    }
}
