using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Channels;

namespace TftPortal.Notifications.Routing;

/// <summary>Judges a wish for a route; names every fault, not only the first.</summary>
internal static class RouteCheck
{
    private const int MaxPatterns = 50;
    private const int MaxMinutes = 7 * 24 * 60;
    private const int MinRepeatMinutes = 5;

    /// <summary>The order that a wish makes, or everything that is wrong with it.</summary>
    public static (RouteOrder? Order, ImmutableArray<WishFault> Faults) Check(RouteWish wish)
    {
        List<WishFault> faults = [];
        var name = wish.Name?.Trim() ?? "";
        if (name.Length is 0 or > ChannelCheck.MaxName || name.Any(char.IsControl)) faults.Add(new("name", $"a route needs a name of 1 to {ChannelCheck.MaxName} characters that can be seen"));
        if (string.IsNullOrWhiteSpace(wish.ChannelId)) faults.Add(new("channel_id", "a route needs a channel that it sends to"));
        var rules = new RouteRules
        {
            Kinds = Kinds(wish.Kinds ?? [], faults),
            MinSeverity = Severity(wish.MinSeverity, faults),
            Profiles = Profiles(wish.Profiles ?? [], faults),
            Servers = Patterns(wish.Servers ?? [], faults),
            Hours = Hours(wish, faults),
            RepeatMinutes = Minutes("repeat_minutes", wish.RepeatMinutes, MinRepeatMinutes, faults),
            EscalateAfterMinutes = Minutes("escalate_after_minutes", wish.EscalateAfterMinutes, 1, faults),
            WithResolved = wish.Resolved ?? true,
            WithSimulated = wish.Simulated ?? false,
        };
        var escalateTo = string.IsNullOrWhiteSpace(wish.EscalateToId) ? null : wish.EscalateToId;
        if (escalateTo is null != rules.EscalateAfterMinutes is null) faults.Add(new("escalate_to_id", "a route that escalates needs both, after how many minutes (escalate_after_minutes) and to which channel (escalate_to_id)"));
        if (escalateTo is not null && escalateTo == wish.ChannelId) faults.Add(new("escalate_to_id", "it is the channel that was told already; allowed is another"));
        return faults.Count > 0 ? (null, [.. faults]) : (new(name, wish.Enabled ?? true, wish.ChannelId!, escalateTo, rules), []);
    }

    private static ImmutableArray<RouteKind> Kinds(IReadOnlyList<string?> names, List<WishFault> faults)
    {
        var allowed = string.Join(", ", RouteNames.Kinds.Select(kind => kind.Name));
        if (names.Count == 0) faults.Add(new("kinds", $"a route needs at least one kind of {allowed}"));
        return Found(names, RouteNames.Kinds, name => new("kinds", $"{ChannelCheck.Shown(name)} is no kind; allowed are {allowed}"), faults);
    }

    private static AlertSeverity Severity(string? name, List<WishFault> faults)
    {
        if (name is not (null or "warning" or "critical")) faults.Add(new("min_severity", $"{ChannelCheck.Shown(name)} is no severity; allowed are warning and critical"));
        return name == "critical" ? AlertSeverity.Critical : AlertSeverity.Warning;
    }

    private static ImmutableArray<ServerProfile> Profiles(IReadOnlyList<string?> names, List<WishFault> faults) =>
        Found(names, [.. Enum.GetValues<ServerProfile>().Select(profile => (profile.WireName(), profile))], name => new("profiles", $"{ChannelCheck.Shown(name)} is no profile; allowed are {string.Join(", ", WireNames.Profiles)}"), faults);

    private static ImmutableArray<string> Patterns(IReadOnlyList<string?> patterns, List<WishFault> faults)
    {
        if (patterns.Count > MaxPatterns) faults.Add(new("servers", $"{patterns.Count} patterns; allowed are {MaxPatterns}"));
        foreach (var wrong in patterns.Where(pattern => pattern is null || !ServerPattern.IsValid(pattern)).Take(5)) faults.Add(new("servers", $"{ChannelCheck.Shown(wrong)} is no pattern; allowed are 1 to 253 of the letters of server names (A–Z, a–z, 0–9, '.', '_', ':', '-'), and '*' for any of them"));
        return [.. patterns.Select(pattern => pattern ?? "").Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxPatterns)];
    }

    private static RouteHours? Hours(RouteWish wish, List<WishFault> faults)
    {
        var isSaid = !string.IsNullOrWhiteSpace(wish.From) || !string.IsNullOrWhiteSpace(wish.To) || wish.Days is { Count: > 0 };
        if (!isSaid) return null; // a zone alone says nothing
        var days = Found(wish.Days ?? [], RouteNames.Days, name => new("days", $"{ChannelCheck.Shown(name)} is no day; allowed are {string.Join(", ", RouteNames.Days.Select(day => day.Name))}"), faults);
        var zone = string.IsNullOrWhiteSpace(wish.Zone) ? "UTC" : wish.Zone.Trim();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) faults.Add(new("zone", $"{ChannelCheck.Shown(zone)} is no time zone of this machine; allowed are names such as Europe/Berlin and UTC"));
        if (string.IsNullOrWhiteSpace(wish.From) != string.IsNullOrWhiteSpace(wish.To)) faults.Add(new("to", "hours need both, from and to"));
        return new(Time("from", wish.From, faults), Time("to", wish.To, faults), days, zone);
    }

    private static TimeOnly Time(string field, string? text, List<WishFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return default;
        if (TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        faults.Add(new(field, $"{ChannelCheck.Shown(text)} is no time of the day; allowed are 00:00 to 23:59"));
        return default;
    }

    private static int? Minutes(string field, int? minutes, int least, List<WishFault> faults)
    {
        if (minutes < least || minutes > MaxMinutes) faults.Add(new(field, $"{minutes} is out of range; allowed are {least} to {MaxMinutes} minutes, or none"));
        return minutes;
    }

    private static ImmutableArray<T> Found<T>(IReadOnlyList<string?> names, IReadOnlyList<(string Name, T Value)> all, Func<string?, WishFault> unknown, List<WishFault> faults)
    {
        faults.AddRange(names.Where(name => all.All(one => one.Name != name)).Take(5).Select(unknown));
        return [.. all.Where(one => names.Contains(one.Name)).Select(one => one.Value)];
    }
}
