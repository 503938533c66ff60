using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Routing;

namespace TftPortal.Dashboard.Channels;

/// <summary>A route in a sentence.</summary>
internal static class RouteWords
{
    public static string Says(NoticeRoute route, Func<string, string> nameOf)
    {
        var rules = route.Rules;
        List<string> parts = [$"{Kinds(rules)} to {nameOf(route.ChannelId)}"];
        if (rules.MinSeverity == AlertSeverity.Critical) parts.Add("critical only");
        if (!rules.Profiles.IsEmpty) parts.Add($"of {string.Join(", ", rules.Profiles.Select(profile => profile.WireName()))}");
        if (!rules.Servers.IsEmpty) parts.Add($"of {string.Join(", ", rules.Servers.Take(4))}{(rules.Servers.Length > 4 ? " …" : "")}");
        if (rules.Hours is { } hours) parts.Add(Hours(hours));
        if (rules.RepeatMinutes is { } repeat) parts.Add($"again every {Minutes(repeat)} until acknowledged");
        if (route.EscalateToId is { } next && rules.EscalateAfterMinutes is { } after) parts.Add($"to {nameOf(next)} after {Minutes(after)} unacknowledged");
        if (!rules.WithResolved) parts.Add("without resolved messages");
        if (rules.WithSimulated) parts.Add("simulated servers too");
        return string.Join("; ", parts) + ".";
    }

    /// <summary>A kind as a person calls it.</summary>
    public static string Word(RouteKind kind) => kind switch
    {
        RouteKind.Predicted => "predicted incidents",
        RouteKind.Breaching => "incidents that breach now",
        RouteKind.KeyExpiry => "API keys that expire",
        RouteKind.Summary => "the weekly summary",
        _ => "the portal's own trouble",
    };

    private static string Kinds(RouteRules rules)
    {
        var all = string.Join(", ", rules.Kinds.Select(Word));
        return all.Length == 0 ? "Nothing" : char.ToUpperInvariant(all[0]) + all[1..];
    }

    private static string Hours(RouteHours hours)
    {
        var days = hours.Days.IsEmpty ? "" : $" on {string.Join(", ", hours.Days.Select(day => day.WireName()))}";
        return hours.From == hours.To ? $"{days.TrimStart()} ({hours.Zone})" : string.Create(CultureInfo.InvariantCulture, $"{hours.From:HH:mm} to {hours.To:HH:mm}{days} ({hours.Zone})");
    }

    private static string Minutes(int minutes) => minutes % 60 == 0 ? $"{minutes / 60} h" : $"{minutes} min";
}
