namespace TftPortal.Api.Shapes;

/// <summary>A stretch of the past, and how finely it is told.</summary>
/// <param name="From">Its start, UTC.</param>
/// <param name="To">Its end, UTC.</param>
/// <param name="BucketSeconds">The time that a point stands for, seconds; null where there are no points.</param>
internal sealed record RangeShape(DateTimeOffset From, DateTimeOffset To, int? BucketSeconds);

/// <summary>A server's past.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Range">What was asked for.</param>
/// <param name="Times">When each point's time begins, UTC; times without a reading have no point.</param>
/// <param name="Metrics">By the metric's name.</param>
internal sealed record ServerPastAnswer(string Server, RangeShape Range, IReadOnlyList<DateTimeOffset> Times, IReadOnlyDictionary<string, MetricPastShape> Metrics);

/// <summary>A metric's past, one value a point; null where it was not sent.</summary>
/// <param name="Mean">The mean of the point's steps.</param>
/// <param name="Min">The least step.</param>
/// <param name="Max">The largest step.</param>
internal sealed record MetricPastShape(IReadOnlyList<float?> Mean, IReadOnlyList<float?> Min, IReadOnlyList<float?> Max);

/// <summary>The fleet's past.</summary>
/// <param name="Range">What was asked for.</param>
/// <param name="Environment">How the fleet was, from its pictures.</param>
/// <param name="Times">When each point of the metrics begins, UTC.</param>
/// <param name="Metrics">Of each metric the mean over the servers, and the least and largest step of any.</param>
internal sealed record EnvironmentPastAnswer(RangeShape Range, IReadOnlyList<EnvironmentPointShape> Environment, IReadOnlyList<DateTimeOffset> Times, IReadOnlyDictionary<string, MetricPastShape> Metrics);

/// <summary>The fleet in one stretch of time: the most of each.</summary>
internal sealed record EnvironmentPointShape
{
    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>Servers.</summary>
    public required int TotalServers { get; init; }
    /// <summary>Servers at critical.</summary>
    public required int CriticalCount { get; init; }
    /// <summary>Servers at warning.</summary>
    public required int WarningCount { get; init; }
    /// <summary>Servers degrading.</summary>
    public required int DegradingCount { get; init; }
    /// <summary>The mean risk, 0–100.</summary>
    public required double AvgRiskScore { get; init; }
    /// <summary>The largest risk, 0–100.</summary>
    public required double MaxRiskScore { get; init; }
    /// <summary>The largest stated probability of an incident within 30 minutes, 0–1.</summary>
    public required double Prob30m { get; init; }
    /// <summary>The same within 8 hours.</summary>
    public required double Prob8h { get; init; }
    /// <summary>Alerts that stood.</summary>
    public required int Alerts { get; init; }
}

/// <summary>What happened, and how right the alerts were.</summary>
internal sealed record HistorySummaryAnswer
{
    /// <summary>What was asked for.</summary>
    public required RangeShape Range { get; init; }
    /// <summary>Servers that sent something.</summary>
    public required int Servers { get; init; }
    /// <summary>Steps of servers.</summary>
    public required long Steps { get; init; }
    /// <summary>The alerts that were raised in it.</summary>
    public required AlertFiguresShape Alerts { get; init; }
    /// <summary>How long the fleet was in each state of health, the longest first.</summary>
    public required IReadOnlyList<StateTimeShape> States { get; init; }
    /// <summary>The servers with the longest alerts, at most ten.</summary>
    public required IReadOnlyList<ServerFiguresShape> TopServers { get; init; }
}

/// <summary>How many alerts, and how right.</summary>
internal sealed record AlertFiguresShape
{
    /// <summary>All that were raised.</summary>
    public required int Raised { get; init; }
    /// <summary>Those that became critical.</summary>
    public required int Critical { get; init; }
    /// <summary>Those that never did.</summary>
    public required int Warning { get; init; }
    /// <summary>Those that still stand.</summary>
    public required int Open { get; init; }
    /// <summary>Those raised before the threshold was passed.</summary>
    public required int Predicted { get; init; }
    /// <summary>Of these, those whose threshold was passed.</summary>
    public required int CameTrue { get; init; }
    /// <summary>Of these, those that ended without, and those that somebody called false.</summary>
    public required int FalseAlarms { get; init; }
    /// <summary>Those raised only once the threshold was passed.</summary>
    public required int Missed { get; init; }
    /// <summary>Share of the predicted and decided ones that came true, 0–1; null without one.</summary>
    public required double? Precision { get; init; }
    /// <summary>Share of the breaches that were predicted, 0–1; null without one.</summary>
    public required double? Recall { get; init; }
    /// <summary>Minutes from raise to breach, mean; null without one.</summary>
    public required double? MeanLeadMinutes { get; init; }
    /// <summary>The same, median.</summary>
    public required double? MedianLeadMinutes { get; init; }
    /// <summary>False alarms a server and day.</summary>
    public required double? FalseAlarmsPerServerDay { get; init; }
}

/// <summary>How long the fleet was in a state of health.</summary>
/// <param name="FleetHealth">The state.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Share">Its share of the time that is known, 0–1.</param>
internal sealed record StateTimeShape(string FleetHealth, double Minutes, double Share);

/// <summary>A server's alerts.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Alerts">How many were raised.</param>
/// <param name="Critical">How many became critical.</param>
/// <param name="Minutes">How long they stood in all.</param>
internal sealed record ServerFiguresShape(string Server, int Alerts, int Critical, double Minutes);

/// <summary>Alerts of the past.</summary>
/// <param name="Range">What was asked for: alerts that stood at some time of it.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Alerts">Those asked for, the newest first.</param>
internal sealed record AlertPastAnswer(RangeShape Range, int Total, IReadOnlyList<AlertRecordShape> Alerts);

/// <summary>An alert from its raise to its end.</summary>
internal sealed record AlertRecordShape
{
    /// <summary>The alert's.</summary>
    public required Guid Id { get; init; }
    /// <summary>Name of the server.</summary>
    public required string Server { get; init; }
    /// <summary>What the server is for.</summary>
    public required string Profile { get; init; }
    /// <summary>What is measured.</summary>
    public required string Metric { get; init; }
    /// <summary>critical or warning: how bad it got.</summary>
    public required string Severity { get; init; }
    /// <summary>When it was raised, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Whether that was before the threshold was passed.</summary>
    public required bool Predicted { get; init; }
    /// <summary>Probability of the breach then, 0–1.</summary>
    public required double Probability { get; init; }
    /// <summary>The value that was expected.</summary>
    public required double PredictedValue { get; init; }
    /// <summary>The threshold.</summary>
    public required double Threshold { get; init; }
    /// <summary>When the breach was expected, UTC.</summary>
    public required DateTimeOffset ExpectedAt { get; init; }
    /// <summary>When the threshold was passed, UTC; null where it was not.</summary>
    public required DateTimeOffset? BreachedAt { get; init; }
    /// <summary>When it became critical, UTC; null where it did not.</summary>
    public required DateTimeOffset? CriticalAt { get; init; }
    /// <summary>When it ended, UTC; null while it stands.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
    /// <summary>Minutes from raise to breach; null where it was not predicted, or did not come.</summary>
    public required double? LeadMinutes { get; init; }
    /// <summary>How often it had been raised within two hours.</summary>
    public required int RaisedTimes { get; init; }
    /// <summary>Who took it; null where nobody did.</summary>
    public required string? AcknowledgedBy { get; init; }
    /// <summary>Whether somebody said that it was none.</summary>
    public required bool FalseAlarm { get; init; }
    /// <summary>Version of the model that raised it.</summary>
    public required string ModelVersion { get; init; }
    /// <summary>What it last said.</summary>
    public required string Message { get; init; }
}
