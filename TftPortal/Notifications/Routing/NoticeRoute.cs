using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Notifications.Routing;

/// <summary>What a route may ask for.</summary>
internal enum RouteKind
{
    /// <summary>Incidents that are foreseen.</summary>
    Predicted,

    /// <summary>Incidents in which a threshold is passed now.</summary>
    Breaching,

    /// <summary>API keys, 14 days and one day before they stop working.</summary>
    KeyExpiry,

    /// <summary>The portal's own trouble.</summary>
    Portal,

    /// <summary>What happened to the fleet in a week.</summary>
    Summary,
}

/// <summary>Sends what it lets through to a channel.</summary>
internal sealed record NoticeRoute
{
    public required string Id { get; init; }

    /// <summary>What people call it; unique.</summary>
    public required string Name { get; init; }

    public required string ChannelId { get; init; }

    /// <summary>Where it escalates to what nobody acknowledges; null where nowhere.</summary>
    public string? EscalateToId { get; init; }

    public required RouteRules Rules { get; init; }
    public required bool IsEnabled { get; init; }
}

/// <summary>What a route lets through, and how often.</summary>
internal sealed record RouteRules
{
    /// <summary>Kinds; at least one.</summary>
    public required ImmutableArray<RouteKind> Kinds { get; init; }

    /// <summary>From which severity on.</summary>
    public required AlertSeverity MinSeverity { get; init; }

    /// <summary>Profiles of which one server at least must be; empty: any.</summary>
    public ImmutableArray<ServerProfile> Profiles { get; init; } = [];

    /// <summary>Patterns (<see cref="ServerPattern"/>) of which one server's name at least must match one; empty: any.</summary>
    public ImmutableArray<string> Servers { get; init; } = [];

    /// <summary>When it is open; null: always.</summary>
    public RouteHours? Hours { get; init; }

    /// <summary>After how long what stands unacknowledged is told again, minutes; null: never.</summary>
    public int? RepeatMinutes { get; init; }

    /// <summary>After how long it escalates, minutes; null: never.</summary>
    public int? EscalateAfterMinutes { get; init; }

    /// <summary>Whether the end is told too. Those that keep an alert's state are told it anyway.</summary>
    public bool WithResolved { get; init; } = true;

    /// <summary>Whether simulated servers count.</summary>
    public bool WithSimulated { get; init; }
}

/// <summary>Times of the week. Where <see cref="From"/> is later than <see cref="To"/> it spans midnight and belongs to the day that it begins on.</summary>
/// <param name="From">From this time of the day on.</param>
/// <param name="To">Before this one; the same as <paramref name="From"/>: the whole day.</param>
/// <param name="Days">On these days; empty: on all.</param>
/// <param name="Zone">In this time zone, by its IANA name.</param>
internal sealed record RouteHours(TimeOnly From, TimeOnly To, ImmutableArray<DayOfWeek> Days, string Zone)
{
    /// <summary>Whether a moment lies in them.</summary>
    public bool Contains(DateTimeOffset now)
    {
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? TimeZoneInfo.ConvertTime(now, zone) : now.ToUniversalTime();
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (From == To) return On(local.DayOfWeek);
        if (From < To) return time >= From && time < To && On(local.DayOfWeek);
        return (time >= From && On(local.DayOfWeek)) || (time < To && On(local.AddDays(-1).DayOfWeek));
    }

    private bool On(DayOfWeek day) => Days.IsEmpty || Days.Contains(day);
}
