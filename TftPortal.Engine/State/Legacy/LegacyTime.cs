using System.Globalization;

namespace TftPortal.Engine.State.Legacy;

/// <summary>Reads the time that a file of the old daemon says it was written: Python's isoformat, naive as a rule, so local time of this machine's zone.</summary>
internal static class LegacyTime
{
    /// <summary>The time; null where the text is none.</summary>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)) return null;
        if (time.Kind == DateTimeKind.Unspecified) time = time.Year is > 1 and < 9999 ? TimeZoneInfo.ConvertTimeToUtc(Valid(time, zone), zone) : DateTime.SpecifyKind(time, DateTimeKind.Utc);
        return new DateTimeOffset(time.ToUniversalTime());
    }

    // An hour that the clock skipped in spring is read with the offset before the gap, as the intake reads it.
    private static DateTime Valid(DateTime time, TimeZoneInfo zone) => zone.IsInvalidTime(time) ? time + (zone.GetUtcOffset(time.AddDays(1)) - zone.GetUtcOffset(time.AddDays(-1))) : time;
}
