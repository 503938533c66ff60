using System.Collections.Immutable;

namespace TftPortal.Engine.History;

/// <summary>What happened to the fleet in a stretch of the past, and how right its alerts were.</summary>
public sealed record FleetReport
{
    /// <summary>What was asked for.</summary>
    public required HistoryRange Range { get; init; }
    /// <summary>How many servers sent something.</summary>
    public required int Servers { get; init; }
    /// <summary>How many steps of servers there are.</summary>
    public required long Steps { get; init; }
    /// <summary>Alerts that were raised in it.</summary>
    public required AlertFigures Alerts { get; init; }
    /// <summary>How long the fleet was in each state of health, from pictures of it; the most time first.</summary>
    public required ImmutableArray<TimeInState> States { get; init; }
    /// <summary>The servers with the longest alerts, at most ten.</summary>
    public required ImmutableArray<ServerFigures> TopServers { get; init; }
}

/// <summary>How many alerts, and how right.</summary>
/// <param name="Raised">All.</param>
/// <param name="Critical">Those that became critical.</param>
/// <param name="Open">Those that still stand.</param>
/// <param name="Predicted">Those that were raised before the threshold was passed.</param>
/// <param name="CameTrue">Of these, those whose threshold was then passed.</param>
/// <param name="FalseAlarms">Of these, those that ended without, and those that somebody called false.</param>
/// <param name="Missed">Those that were raised only once the threshold was passed.</param>
/// <param name="MeanLeadMinutes">From raise to breach, of those that came true; null without one.</param>
/// <param name="MedianLeadMinutes">The same, the median.</param>
/// <param name="ServerDays">How many days servers were watched, by their steps.</param>
public sealed record AlertFigures(int Raised, int Critical, int Open, int Predicted, int CameTrue, int FalseAlarms, int Missed, double? MeanLeadMinutes, double? MedianLeadMinutes, double ServerDays)
{
    /// <summary>Of the predicted ones that have ended or come true, the share that came true; null without one.</summary>
    public double? Precision => CameTrue + FalseAlarms == 0 ? null : CameTrue / (double)(CameTrue + FalseAlarms);
    /// <summary>Of the breaches, the share that was predicted; null without one.</summary>
    public double? Recall => CameTrue + Missed == 0 ? null : CameTrue / (double)(CameTrue + Missed);
    /// <summary>False alarms a server and day; null where nothing was watched.</summary>
    public double? FalseAlarmsPerServerDay => ServerDays > 0 ? FalseAlarms / ServerDays : null;
}

/// <summary>How long the fleet was in a state.</summary>
/// <param name="Health">The state, as <see cref="Fleet.FleetHealth.Health"/>.</param>
/// <param name="Time">How long.</param>
/// <param name="Share">Its share of the time that is known, 0–1.</param>
public sealed record TimeInState(string Health, TimeSpan Time, double Share);

/// <summary>A server's alerts.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Alerts">How many were raised.</param>
/// <param name="Critical">How many of them became critical.</param>
/// <param name="Time">How long they stood in all.</param>
public sealed record ServerFigures(string Server, int Alerts, int Critical, TimeSpan Time);

/// <summary>Which alerts of the past.</summary>
/// <param name="Range">Those that stood at some time of it.</param>
/// <param name="Server">Of this server alone; null for all.</param>
/// <param name="Metric">Of this metric alone; null for all.</param>
/// <param name="Severity">Only <c>critical</c> or <c>warning</c>; null for both.</param>
/// <param name="Skip">How many of the newest to pass over.</param>
/// <param name="Take">How many at most.</param>
public sealed record AlertQuestion(HistoryRange Range, string? Server = null, string? Metric = null, string? Severity = null, int Skip = 0, int Take = 100);

/// <summary>Alerts of the past.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Alerts">Those asked for, the newest first.</param>
public sealed record AlertPast(int Total, ImmutableArray<AlertRecord> Alerts);
