using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;
using TftPortal.Owning;

namespace TftPortal.Dashboard.Alerts;

/// <summary>When something is a danger, who says so, and what holds for a server.</summary>
public sealed partial class RulesPage : LiveComponent
{
    private bool mayChange, mayTry;
    private Asked asked;
    private AlertRule? subject;
    private string server = "";
    private string? fault;
    private ImmutableArray<AppliedRule> applied = [];

    private enum Asked
    {
        Nothing,
        Edit,
        Remove,
    }

    [SupplyParameterFromQuery(Name = "server")]
    private string? Server { get; set; }

    [SupplyParameterFromQuery(Name = "try")]
    private string? Tried { get; set; }

    [Inject]
    private Backtests Backtests { get; set; } = null!;

    [Inject]
    private RuleLookup Lookup { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private PageOrders Orders { get; set; } = null!;

    private IEnumerable<SourcedRule> All => Outlook.Book.Rules.Select(rule => new SourcedRule(RuleOrigin.Admin, rule)).Concat(Lookup.Settings.Reverse());

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        mayChange = await Visitor.MayAsync(PortalRoles.Admin);
        mayTry = await Visitor.MayAsync(PortalRoles.Operator);
        server = Server ?? "";
        // A rule that was tried on the past, to be made: its name is for whoever makes it.
        if (mayChange && Guid.TryParse(Tried, out var id) && Backtests.Find(id)?.Order.Rule is { } rule) (asked, subject) = (Asked.Edit, rule with { Name = rule.Name == BacktestOrder.Untitled ? "" : rule.Name });
        Apply();
    }

    /// <inheritdoc />
    protected override void OnPicture() => Apply();

    private static string Raised(AppliedRule rule) => string.Create(CultureInfo.InvariantCulture, $"from {Figures.Chance(rule.RaiseProbability)} within {rule.LookAheadMinutes} min")
        + (rule.Cycles > 1 ? string.Create(CultureInfo.InvariantCulture, $", in {rule.Cycles} pictures") : "")
        + (rule.MinimumDeviation > 0 ? $", {Figures.OfMeasure(rule.Metric, rule.MinimumDeviation)} beyond its usual" : "")
        + (rule.QuietHours is { } quiet ? $", {RuleWords.Quiet(quiet)}" : "");

    private static string TryOf(SourcedRule sourced) => QueryHelpers.AddQueryString("alerts/backtest", new Dictionary<string, string?>
    {
        ["rule"] = sourced.Origin == RuleOrigin.Admin ? sourced.Rule.Id.ToString() : null,
        ["metric"] = sourced.Rule.Metric,
        ["servers"] = sourced.Rule.Servers,
        ["profile"] = sourced.Rule.Profile,
    }.Where(pair => pair.Value is not null));

    private void Look(string? name)
    {
        server = name?.Trim() ?? "";
        Apply();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("server", server.Length == 0 ? null : server), replace: true);
    }

    private void Apply() => applied = server.Length == 0 ? [] : Lookup.For(server, Outlook.ByName.TryGetValue(server, out var known) ? known.Server.Profile : ServerProfile.Generic);

    private void Close()
    {
        (asked, subject, fault) = (Asked.Nothing, null, null);
        Apply();
    }

    private async Task RemoveAsync(AlertRule rule, bool sure)
    {
        Close();
        if (!sure) return;
        var (answer, problem) = await Orders.SubmitAsync(PortalRoles.Admin, by => new RemoveRuleOrder(rule.Id, by));
        fault = problem ?? answer?.Faults.FirstOrDefault()?.Reason;
        Apply();
    }
}
