using System.Globalization;

namespace TftPortal.Api;

/// <summary>
/// How moments are written. Fields of the old daemon keep its form, local time without an offset: its clients subtract them from <c>datetime.now()</c>, which fails on any with one.
/// Every other field is UTC with <c>+00:00</c>, which Python reads from 3.7 on (<c>Z</c> only from 3.11 on). docs/decisions/api.md.
/// </summary>
internal static class Timestamps
{
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string OldText(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public static bool TryFrom(long unixMilliseconds, out DateTimeOffset time)
    {
        var isIn = unixMilliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && unixMilliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        time = isIn ? DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds) : default;
        return isIn;
    }
}
