namespace TftPortal.Notifications.Routing;

/// <summary>A route as somebody wrote it; nulls where nothing was said.</summary>
internal sealed record RouteWish
{
    public string? Name { get; init; }
    public bool? Enabled { get; init; }
    public string? ChannelId { get; init; }
    public IReadOnlyList<string?>? Kinds { get; init; }
    public string? MinSeverity { get; init; }
    public IReadOnlyList<string?>? Profiles { get; init; }
    public IReadOnlyList<string?>? Servers { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public IReadOnlyList<string?>? Days { get; init; }
    public string? Zone { get; init; }
    public int? RepeatMinutes { get; init; }
    public int? EscalateAfterMinutes { get; init; }
    public string? EscalateToId { get; init; }
    public bool? Resolved { get; init; }
    public bool? Simulated { get; init; }
}

/// <summary>A route that somebody wants, checked but for its channels, which only the database knows.</summary>
internal sealed record RouteOrder(string Name, bool IsEnabled, string ChannelId, string? EscalateToId, RouteRules Rules);
