using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>What refusals of rules and orders have in common.</summary>
internal static class Words
{
    /// <summary>A text as somebody sent it, shortened.</summary>
    public static string Quoted(string? text) => text is null ? "nothing" : $"\"{(text.Length <= 64 ? text : $"{text[..64]}…")}\"";

    /// <summary>Why a text names no servers.</summary>
    public static string NoPattern(string? text) => $"{Quoted(text)} names no servers; allowed are 1 to {ServerPattern.MaxLength} of A–Z, a–z, 0–9, '.', '_', ':', '-', and '*' for any letters";

    /// <summary>Whether a text is a time zone that both this machine and the calendar know.</summary>
    public static bool IsZone(string zone) => zone is "UTC" || (zone.Length is > 0 and <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) && NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null);

    /// <summary>Why a text is no time zone.</summary>
    public static string NoZone(string? text) => $"{Quoted(text)} is no time zone; allowed are IANA names such as Europe/Berlin, and UTC";
}
