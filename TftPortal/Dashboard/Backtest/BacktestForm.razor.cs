using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Alerts;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;
using TftPortal.Owning;

namespace TftPortal.Dashboard.Backtest;

/// <summary>Asks what to try, says beforehand what it costs, and has it tried.</summary>
public sealed partial class BacktestForm : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private ImmutableArray<OrderFault> faults = [];
    private string range = "1d", servers = "", incident = "", price = "";
    private DateTime? from, to;
    private string? problem;
    private bool waits;
    private int priced;

    /// <summary>The rule as it is being written.</summary>
    [Parameter, EditorRequired]
    public RuleDraft Draft { get; set; } = null!;

    /// <summary>Whether one runs: there is one at a time.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>One has begun.</summary>
    [Parameter]
    public EventCallback<BacktestView> OnStarted { get; set; }

    [Inject]
    private Backtests Backtests { get; set; } = null!;

    [Inject]
    private AuditedBacktests Orders { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    [Inject]
    private RuleLookup Lookup { get; set; } = null!;

    [Inject]
    private OutlookFeed Feed { get; set; } = null!;

    [Inject]
    private IOptions<HistoryOptions> History { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private static ImmutableArray<(string Name, string Label)> Ranges { get; } = [("8h", "8 h"), ("1d", "1 day"), ("1w", "1 week"), ("1M", "30 days"), ("", "from … to")];

    private string? Headline => problem ?? (faults.Length switch { 0 => null, 1 => "One field is wrong. Nothing was begun.", var wrong => $"{wrong} things are wrong. Nothing was begun." });

    /// <inheritdoc />
    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // The first, static rendering is thrown away, and must not wait for an answer.
        if (RendererInfo.IsInteractive) await PriceAsync();
    }

    private IReadOnlyList<string> Of(string field) => [.. faults.Where(fault => fault.Field == field).Select(fault => fault.Reason)];

    // What holds for the first server that the rule is about, into its fields.
    private Task ScopeAsync()
    {
        Prefill(Draft, Lookup, Feed.Latest);
        return PriceAsync();
    }

    /// <summary>Writes what holds for the first of a draft's servers into it.</summary>
    public static void Prefill(RuleDraft draft, RuleLookup lookup, FleetOutlook picture)
    {
        var profile = WireNames.TryParse(draft.Profile, out ServerProfile named) ? named : ServerProfile.Generic;
        var first = picture.Servers.Select(server => server.Server)
            .Where(server => ServerPattern.Matches(draft.Servers.Trim(), server.Name) && (draft.Profile.Length == 0 || server.Profile == profile)).MinBy(server => server.Name, StringComparer.Ordinal);
        if (lookup.For(first?.Name ?? draft.Servers.Trim(), first?.Profile ?? profile).FirstOrDefault(rule => rule.Metric == draft.Metric) is { } holds) draft.Take(holds);
    }

    private Task RangeAsync(string name)
    {
        range = name;
        return PriceAsync();
    }

    private BacktestOrder? Read(out ImmutableArray<OrderFault> wrong)
    {
        List<OrderFault> unread = [];
        var rule = Draft.Read(unread);
        unread = [.. unread.Select(fault => fault with { Field = $"rule.{fault.Field}" })];
        var incidentFrom = Written.Number("incident_from", incident, unread);
        var span = HistoryRange.Read(range.Length == 0 ? null : range, range.Length == 0 ? Said(from) : null, range.Length == 0 ? Said(to) : null, Clock.GetUtcNow(), TimeSpan.FromDays(History.Value.HourlyDays), out var fault);
        if (fault is not null || (range.Length == 0 && from is null)) unread.Add(new("range", fault is null ? "say from when" : $"it must be {fault.Allowed}"));
        wrong = [.. unread];
        return unread.Count > 0 ? null : new() { Rule = rule, Range = span!, Servers = servers.Trim().Length == 0 ? rule.Servers : servers.Trim(), IncidentFrom = (float?)incidentFrom };

        static string? Said(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task PriceAsync()
    {
        var number = ++priced;
        if (Read(out _) is not { } order)
        {
            price = "";
            return;
        }

        try
        {
            var (cost, wrong) = await Backtests.PriceAsync(order, left.Token);
            if (number != priced) return; // something else is asked for meanwhile
            price = cost is { } known
                ? $"{Figures.Count(known.Servers)} {(known.Servers == 1 ? "server" : "servers")}, {Figures.Count(known.ServerSteps)} server-steps: about {BacktestWords.Rough(known.Takes)}."
                : wrong.FirstOrDefault(fault => fault.Field is "servers" or "range")?.Reason is { } reason ? $"This can't be tried: {reason}." : "";
        }
        catch (HistoryUnavailableException failed)
        {
            if (number == priced) price = failed.Message;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task TryAsync()
    {
        if (waits) return;
        problem = null;
        if (Read(out faults) is not { } order) return;
        waits = true;
        try
        {
            if (await Acting.AskAsync(PortalRoles.Operator) is not { } by)
            {
                problem = ActingVisitor.No(PortalRoles.Operator);
                return;
            }

            var answer = await Orders.StartAsync(order, by, left.Token);
            faults = answer.Faults;
            if (answer.Running is { } running) problem = $"{running.By} is trying a rule just now, and one runs at a time. Wait for it, or have it cancelled.";
            if (answer.Started is { } begun) await OnStarted.InvokeAsync(begun);
        }
        catch (HistoryUnavailableException failed)
        {
            problem = failed.Message;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            waits = false;
        }
    }
}
