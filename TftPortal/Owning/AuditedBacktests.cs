using System.Globalization;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;

namespace TftPortal.Owning;

/// <summary>Has rules tried on the past, and notes in the audit who wanted it: for programs and for pages alike.</summary>
internal sealed class AuditedBacktests(Backtests backtests, ActNotes notes)
{
    /// <summary>Begins a back-test, where none runs.</summary>
    /// <param name="order">The order.</param>
    /// <param name="by">Who wants it, for the audit.</param>
    /// <param name="stop">Ends the question before it has begun.</param>
    /// <exception cref="Engine.History.HistoryUnavailableException">The past can't be read.</exception>
    public async Task<BacktestAnswer> StartAsync(BacktestOrder order, KeyActor by, CancellationToken stop)
    {
        var answer = await backtests.StartAsync(order, by.Name, stop);
        if (answer.Started is { } begun) await notes.TryWriteAsync(by, "backtest.started", SubjectOf(begun), Said(begun));
        return answer;
    }

    /// <summary>Has one end.</summary>
    /// <returns>As it was before; null where it is not known.</returns>
    public async Task<BacktestView?> CancelAsync(Guid id, KeyActor by)
    {
        var before = backtests.Cancel(id);
        if (before?.State == BacktestState.Running) await notes.TryWriteAsync(by, "backtest.cancelled", SubjectOf(before), string.Create(CultureInfo.InvariantCulture, $"at {before.Done} of {before.ServerSteps} server-steps"));
        return before;
    }

    private static string SubjectOf(BacktestView view) => $"{view.Order.Rule.Name} ({view.Id})";

    private static string Said(BacktestView view) => string.Create(CultureInfo.InvariantCulture,
        $"{RuleWords.Of(view.Order.Rule)}, for {RuleWords.Scope(view.Order.Rule)}; on {(view.Order.Servers == ServerPattern.All ? "all servers" : view.Order.Servers)} from {view.Order.Range.From.UtcDateTime:u} to {view.Order.Range.To.UtcDateTime:u}");
}
