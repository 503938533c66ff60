using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Alerts;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.Risk;
using TftPortal.Owning;

namespace TftPortal.Dashboard.Backtest;

/// <summary>Rules tried on the past. The address says which one is shown, so that it can be left and found again.</summary>
public sealed partial class BacktestPage : PulsedComponent
{
    private RuleDraft? draft;
    private BacktestView? shown;
    private ImmutableArray<BacktestView> all = [];
    private bool mayUse;
    private string? fault;

    [SupplyParameterFromQuery(Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromQuery(Name = "rule")]
    private string? Rule { get; set; }

    [SupplyParameterFromQuery(Name = "metric")]
    private string? Metric { get; set; }

    [SupplyParameterFromQuery(Name = "servers")]
    private string? Servers { get; set; }

    [SupplyParameterFromQuery(Name = "profile")]
    private string? Profile { get; set; }

    [SupplyParameterFromQuery(Name = "warning")]
    private string? Warning { get; set; }

    [Inject]
    private Backtests Backtests { get; set; } = null!;

    [Inject]
    private AuditedBacktests Orders { get; set; } = null!;

    [Inject]
    private OutlookFeed Feed { get; set; } = null!;

    [Inject]
    private RuleLookup Lookup { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsBusy => all.Any(one => one.State == BacktestState.Running);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        mayUse = await Visitor.MayAsync(PortalRoles.Admin);
        await base.OnInitializedAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await LookAsync();
        draft ??= shown is { } view ? RuleDraft.Of(view.Order.Rule) : Begun();
    }

    /// <inheritdoc />
    protected override Task LookAsync()
    {
        all = Backtests.All;
        shown = Guid.TryParse(Id, out var id) ? Backtests.Find(id) : null;
        return Task.CompletedTask;
    }

    // The rule that the address names, or what holds for the servers that it names.
    private RuleDraft Begun()
    {
        if (Guid.TryParse(Rule, out var id) && Feed.Latest.Book.Rules.FirstOrDefault(rule => rule.Id == id) is { } known)
        {
            var changed = RuleDraft.Of(known);
            if (known.Warning is null || known.RaiseProbability is null) BacktestForm.Prefill(changed, Lookup, Feed.Latest);
            return changed;
        }

        var fresh = new RuleDraft { Metric = Measures.All.Contains(Metric ?? "") ? Metric! : Measures.All[0], Profile = WireNames.Profiles.Contains(Profile ?? "") ? Profile! : "", Servers = ServerPattern.IsValid(Servers ?? "") ? Servers! : ServerPattern.All };
        BacktestForm.Prefill(fresh, Lookup, Feed.Latest);
        if (Number(Warning) is { } warning) fresh.Suppose(warning);
        return fresh;

        static float? Number(string? text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) && number >= 0 ? number : null;
    }

    private void Show(BacktestView begun) => Navigation.NavigateTo($"alerts/backtest?id={begun.Id}");

    private async Task CancelAsync()
    {
        if (shown is not { } view) return;
        if (await Acting.AskAsync(PortalRoles.Operator) is not { } by) fault = ActingVisitor.No(PortalRoles.Operator);
        else await Orders.CancelAsync(view.Id, by);
        await LookAsync();
    }
}
