using System.Collections.Immutable;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Risk;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Backtest;

/// <summary>An order that was found good: what is lived through, and by which rules.</summary>
/// <param name="Order">The order.</param>
/// <param name="Span">What is lived through.</param>
/// <param name="Tried">The rules with the one that is tried.</param>
/// <param name="Today">The rules as they stand.</param>
internal sealed record BacktestCase(BacktestOrder Order, ReplaySpan Span, Watchlist Tried, Watchlist Today);

/// <summary>Judges an order for a back-test: names every fault by its field, with the value and what is allowed.</summary>
internal sealed class BacktestCheck(BacktestOptions options, Watchlist rules, PastSteps past, StepGrid grid, TimeProvider clock)
{
    private const int Hour = Contract.InputShape.Hour;

    /// <summary>Judges it.</summary>
    /// <param name="order">The order.</param>
    /// <param name="admins">The admins' rules as they stand.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The case; null where there are faults.</returns>
    /// <exception cref="HistoryUnavailableException">The past can't be read.</exception>
    public async Task<(BacktestCase? Case, ImmutableArray<OrderFault> Faults)> JudgeAsync(BacktestOrder order, ImmutableArray<AlertRule> admins, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var rule = order.Rule with { Name = order.Rule.Name.Trim().Length == 0 ? BacktestOrder.Untitled : order.Rule.Name, ChangedAt = now };
        List<OrderFault> faults = [.. OrderCheck.FaultsOf(new RuleOrder(rule, ""), now).Select(fault => fault with { Field = $"rule.{fault.Field}" })];
        if (!ServerPattern.IsValid(order.Servers)) faults.Add(new("servers", Words.NoPattern(order.Servers)));
        if (order.IncidentFrom is { } from && (!float.IsFinite(from) || from < 0)) faults.Add(new("incident_from", FormattableString.Invariant($"{from} is out of range; allowed is 0 or more, in the metric's unit")));
        var (first, until) = (grid.StepOf(order.Range.From), Math.Min(grid.StepOf(order.Range.To), grid.StepOf(now)));
        if (until - first < Hour) faults.Add(new("range", FormattableString.Invariant($"it has {Math.Max(0, until - first)} steps that have ended; allowed is an hour at least, {Hour} steps")));
        if (faults.Count > 0 || !Gauge.TryFind(rule.Metric, out var gauge)) return (null, [.. faults]);

        var tried = rules.Only(rule.Metric, admins.Where(one => one.Id != rule.Id).Append(rule));
        var today = rules.Only(rule.Metric, admins);
        var seen = await past.ServersAsync(first, until, stop);
        ImmutableArray<SeenServer> servers = [.. seen.Where(server => ServerPattern.Matches(order.Servers, server.Name) && rule.Covers(server.Name, server.Profile))];
        var span = new ReplaySpan(servers, gauge, first, until, Math.Min(until + Hour + Incident.Span, grid.StepOf(now)));
        if (servers.IsEmpty) faults.Add(new("servers", seen.IsEmpty ? "nothing is kept of that time: no server sent anything" : $"none of the {seen.Length} servers that sent something in that time is {Words.Quoted(order.Servers)}{(rule.Servers == order.Servers ? "" : $" and {Words.Quoted(rule.Servers)}")}{(rule.Profile is null ? "" : $" of the profile {rule.Profile}")}"));
        else if (servers.Length > options.MaxServers) faults.Add(new("servers", FormattableString.Invariant($"these are {servers.Length} servers; allowed are {options.MaxServers} (Backtest:MaxServers)")));
        else if (span.ServerSteps > options.MaxServerSteps) faults.Add(new("range", TooLarge(span)));
        else if (!servers.Any(server => tried.For(server.Name, server.Profile).Length > 0 || today.For(server.Name, server.Profile).Length > 0)) faults.Add(new("rule.warning", $"{rule.Metric} has no thresholds in these servers; give warning and critical"));
        return faults.Count > 0 ? (null, [.. faults]) : (new(order with { Rule = rule }, span, tried, today), []);
    }

    private string TooLarge(ReplaySpan span)
    {
        var (servers, steps) = (Math.Min(options.MaxServers, options.MaxServerSteps / (span.Steps + Replay.WarmUp)), (options.MaxServerSteps / span.Servers.Length) - Replay.WarmUp);
        return FormattableString.Invariant($"{span.Servers.Length} servers and {span.Steps} steps are {span.ServerSteps} server-steps; allowed are {options.MaxServerSteps} (Backtest:MaxServerSteps): ")
            + (servers > 0 ? FormattableString.Invariant($"{servers} servers over this time") : "a shorter time")
            + (steps >= Hour ? FormattableString.Invariant($", or these servers over {steps * grid.Length.TotalDays:0.#} days") : "");
    }
}
