using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Backtest;

/// <summary>What trying a rule on the past found.</summary>
/// <param name="ModelVersion">Whose forecasts: the model's that is loaded now, which may have learned from that very time.</param>
/// <param name="FirstStep">When the first step began that counts.</param>
/// <param name="Step">Length of a step.</param>
/// <param name="Steps">How many steps count.</param>
/// <param name="Tried">How right the rule was.</param>
/// <param name="Today">How right the rules were as they stand.</param>
/// <param name="Overruled">On how many servers a narrower rule decides before the one that was tried.</param>
/// <param name="Servers">The servers, those with incidents or alerts first.</param>
public sealed record BacktestResult(string ModelVersion, DateTimeOffset FirstStep, TimeSpan Step, int Steps, RuleScore Tried, RuleScore Today, int Overruled, ImmutableArray<TriedServer> Servers);

/// <summary>How early and how right a rule was, by the protocol of docs/training.md, "Incidents".</summary>
/// <param name="Raised">How many alerts it raised, those in quiet hours not counted.</param>
/// <param name="Hits">How often an incident followed within the hour. An alert that stands for longer counts anew each hour, and none counts within an incident or the hour after one.</param>
/// <param name="FalseAlarms">How often none did.</param>
/// <param name="Open">Of how many that cannot be said yet.</param>
/// <param name="Onsets">How many incidents began.</param>
/// <param name="Seen">Before how many of them it alerted within the hour.</param>
/// <param name="SeenEarly">Before how many at least 15 minutes before.</param>
/// <param name="MedianLead">From the alert to the incident, the median; null where none was seen.</param>
/// <param name="ServerDays">How many days servers were watched, by their steps that have a value.</param>
public sealed record RuleScore(int Raised, int Hits, int FalseAlarms, int Open, int Onsets, int Seen, int SeenEarly, TimeSpan? MedianLead, double ServerDays)
{
    /// <summary>The share of its alerts that were right; null without one.</summary>
    public double? Precision => Hits + FalseAlarms == 0 ? null : Hits / (double)(Hits + FalseAlarms);
    /// <summary>The share of the incidents that it saw coming; null without one.</summary>
    public double? Recall => Onsets == 0 ? null : Seen / (double)Onsets;
    /// <summary>The share that it saw at least 15 minutes before; null without one.</summary>
    public double? RecallEarly => Onsets == 0 ? null : SeenEarly / (double)Onsets;
    /// <summary>False alarms a server and day; null where nothing was watched.</summary>
    public double? FalseAlarmsPerServerDay => ServerDays > 0 ? FalseAlarms / ServerDays : null;
}

/// <summary>A server that a rule was tried on.</summary>
/// <param name="Name">Name of the server.</param>
/// <param name="Values">The metric, a value a step of the range; NaN where there is none.</param>
/// <param name="IncidentFrom">From where on it was an incident, in the metric's unit.</param>
/// <param name="IsBelow">Whether it is one below that.</param>
/// <param name="Incidents">When it was in one: the first step, and one past the last.</param>
/// <param name="Tried">When the rule would have alerted.</param>
/// <param name="Today">When the rules as they stand would have.</param>
public sealed record TriedServer(string Name, ImmutableArray<float> Values, float IncidentFrom, bool IsBelow, ImmutableArray<(int From, int Until)> Incidents, ImmutableArray<Firing> Tried, ImmutableArray<Firing> Today);

/// <summary>How right an alert was.</summary>
public enum FiringOutcome
{
    /// <summary>An incident followed within the hour.</summary>
    Hit,
    /// <summary>None did.</summary>
    FalseAlarm,
    /// <summary>It was raised within an incident, or the hour after one, and tells nothing new.</summary>
    Within,
    /// <summary>Its hour is not over.</summary>
    Open,
}

/// <summary>An alert that would have been.</summary>
/// <param name="Step">Which step of the range was over when it was raised; 0 also where it stood before.</param>
/// <param name="Until">The last step at which it stood.</param>
/// <param name="At">When.</param>
/// <param name="Severity">How bad it got.</param>
/// <param name="WasPredicted">Whether the threshold was not passed yet.</param>
/// <param name="Probability">How probable it was said to be, 0–1.</param>
/// <param name="Value">The value then, or the one that was expected.</param>
/// <param name="Outcome">How right it was.</param>
/// <param name="Lead">How long before the incident; null where none followed.</param>
public sealed record Firing(int Step, int Until, DateTimeOffset At, AlertSeverity Severity, bool WasPredicted, double Probability, double Value, FiringOutcome Outcome, TimeSpan? Lead);
