using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>Within which time a breach is due.</summary>
public enum DueWithin { HalfAnHour, EightHours }

/// <summary>Which servers are let through: all that every part agrees to.</summary>
/// <param name="Search">Part of a name; empty for all.</param>
/// <param name="Profile">What it is for; null for all.</param>
/// <param name="AtLeast">The level of risk that it has at least.</param>
/// <param name="Model">Who forecasts it; null for all.</param>
/// <param name="Due">Within which time an incident is due: with even odds or more; null for all.</param>
/// <param name="IsStale">Only those that nothing was heard of for two steps.</param>
public sealed record FleetFilter(string Search, ServerProfile? Profile, RiskLevel AtLeast, ForecastSource? Model, DueWithin? Due, bool IsStale)
{
    /// <summary>From which probability on an incident is due.</summary>
    public const double DueFrom = 0.5;

    /// <summary>What the address calls the parts.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["q", "profile", "level", "model", "due", "stale"];

    /// <summary>Lets every server through.</summary>
    public static FleetFilter All { get; } = new("", null, RiskLevel.Healthy, null, null, false);

    /// <summary>Whether anything but the search narrows.</summary>
    public bool IsNarrow => this != All with { Search = Search };

    /// <summary>A filter as its address says it; what the address gets wrong is ignored.</summary>
    /// <param name="search"><c>q</c>: part of a name.</param>
    /// <param name="profile"><c>profile</c>: by its name on the wire.</param>
    /// <param name="level"><c>level</c>: <c>degrading</c>, <c>warning</c> or <c>critical</c>, and what is worse.</param>
    /// <param name="model"><c>model</c>: <c>tft</c> or <c>baseline</c>.</param>
    /// <param name="due"><c>due</c>: <c>30m</c> or <c>8h</c>.</param>
    /// <param name="stale"><c>stale</c>: <c>yes</c>.</param>
    public static FleetFilter From(string? search, string? profile, string? level, string? model, string? due, string? stale) => new(
        search?.Trim() ?? "",
        profile is not null && WireNames.TryParse(profile, out ServerProfile known) ? known : null,
        Enum.TryParse<RiskLevel>(level, ignoreCase: true, out var least) && Enum.IsDefined(least) ? least : RiskLevel.Healthy,
        model switch { "tft" => ForecastSource.Tft, "baseline" => ForecastSource.Baseline, _ => null },
        due switch { "30m" => DueWithin.HalfAnHour, "8h" => DueWithin.EightHours, _ => null },
        stale == "yes");

    /// <summary>Whether a server is let through.</summary>
    public bool Lets(ServerOutlook server, FleetOutlook outlook) =>
        (Search.Length == 0 || server.Server.Name.Contains(Search, StringComparison.OrdinalIgnoreCase))
        && (Profile is null || server.Server.Profile == Profile)
        && server.Risk.Level >= AtLeast
        && (Model is null || server.Forecast.ModelType == Model)
        && (Due is not { } due || IsDue(server.Risk, due))
        && (!IsStale || Readouts.IsStale(server.Server, outlook));

    /// <summary>Whether an incident is due on a server: with even odds or more.</summary>
    public static bool IsDue(RiskScore risk, DueWithin due) => (due == DueWithin.HalfAnHour ? risk.ProbabilityIn30Minutes : risk.ProbabilityIn8Hours) >= DueFrom;
}
