using System.Globalization;
using TftPortal.Settings;

namespace TftPortal.Notifications.Summaries;

/// <summary>Judges the settings <c>Notifications:Summary:*</c> before anything is built from them.</summary>
internal static class SummaryCheck
{
    public const string Section = "Notifications:Summary";

    /// <exception cref="WrongSettingException">A setting is wrong.</exception>
    public static void Check(IConfiguration settings)
    {
        Refuse(settings, nameof(SummaryOptions.Day), day => !Enum.GetNames<DayOfWeek>().Contains(day, StringComparer.OrdinalIgnoreCase), $"one of {string.Join(", ", Enum.GetNames<DayOfWeek>())}");
        Refuse(settings, nameof(SummaryOptions.Time), time => !TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "a time of the day from 00:00 to 23:59");
        Refuse(settings, nameof(SummaryOptions.Zone), zone => !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "a time zone of this machine such as Europe/Berlin, or UTC");
    }

    private static void Refuse(IConfiguration settings, string name, Func<string, bool> isWrong, string allowed)
    {
        if (settings[$"{Section}:{name}"] is { } written && isWrong(written)) SettingsCheck.Refuse(settings, $"{Section}:{name}", written, allowed);
    }
}
