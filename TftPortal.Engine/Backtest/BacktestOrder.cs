using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Engine.Backtest;

/// <summary>A rule that is to be tried on the past.</summary>
public sealed record BacktestOrder
{
    /// <summary>What a rule is called that has no name yet.</summary>
    public const string Untitled = "the rule that is tried";

    /// <summary>The rule. It is tried as if an admin had made it now: narrower rules that stand decide before it, and it takes the place of a rule of the same id.</summary>
    public required AlertRule Rule { get; init; }
    /// <summary>On which servers: a <see cref="ServerPattern"/>. Of these the rule's own servers and profile count.</summary>
    public string Servers { get; init; } = ServerPattern.All;
    /// <summary>On which time: at least an hour.</summary>
    public required HistoryRange Range { get; init; }
    /// <summary>From which value on something was an incident, in the metric's unit; null for the warning threshold that the rule gives each server.</summary>
    public float? IncidentFrom { get; init; }
}

/// <summary>What a back-test will cost.</summary>
/// <param name="Servers">How many servers.</param>
/// <param name="ServerSteps">How many steps of them are lived through, an hour before the range included.</param>
/// <param name="Takes">About how long that takes, by how fast the last one was; by a measurement of ours before the first.</param>
public sealed record BacktestCost(int Servers, long ServerSteps, TimeSpan Takes);

/// <summary>What became of an order for a back-test.</summary>
/// <param name="Started">It has begun.</param>
/// <param name="Faults">Why it has not, by field.</param>
/// <param name="Running">The one that runs already: there is one at a time.</param>
public sealed record BacktestAnswer(BacktestView? Started, ImmutableArray<OrderFault> Faults, BacktestView? Running = null);
