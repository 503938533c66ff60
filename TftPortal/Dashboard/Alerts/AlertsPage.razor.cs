using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Alerts;

/// <summary>The alerts by trouble: what it is, when it comes, whose it is, and what to do about it.</summary>
public sealed partial class AlertsPage : LiveComponent
{
    private const int MaxIncidents = 50;

    private readonly Queue<string?> written = []; // searches written to the address that have not come back from it
    private AlertView view = AlertView.From(null, null, null, null);
    private IReadOnlyList<ShownIncident> shown = [];
    private string me = "";
    private bool mayAct, missed;
    private Guid? opened;
    private Doing act;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "severity")]
    private string? Severity { get; set; }

    [SupplyParameterFromQuery(Name = "mine")]
    private string? Mine { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    private string Title => Outlook.Alerts.Length > 0 ? $"({Figures.Count(Outlook.Alerts.Length)}) Alerts · TftPortal" : "Alerts · TftPortal";

    private string Count => (shown.Sum(incident => incident.Alerts.Count), shown.Count) switch
    {
        (0, _) => "no alerts",
        (1, _) => "1 alert",
        var (alerts, _) when view.Choice == AlertChoice.Ended => $"{Figures.Count(alerts)} alerts",
        var (alerts, incidents) => $"{Figures.Count(alerts)} alerts, {Figures.Count(incidents)} {(incidents == 1 ? "incident" : "incidents")}",
    };

    private Alert? Opened => opened is null ? null : Outlook.Alerts.Concat(Outlook.Ended.Select(ended => ended.Alert)).FirstOrDefault(alert => alert.Id == opened);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        mayAct = await Visitor.MayAsync(PortalRoles.Operator);
        me = (await Visitor.ActorAsync()).Name;
        shown = view.Of(Outlook, me);
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var search = Query;
        if (written.Contains(Query))
        {
            // Our own search comes back from the address; more may have been typed since, and must not be written over.
            while (written.Dequeue() != Query) { }
            search = view.Search;
        }

        view = AlertView.From(search, State, Severity, Mine);
        shown = view.Of(Outlook, me);
    }

    /// <inheritdoc />
    protected override void OnPicture() => shown = view.Of(Outlook, me);

    private void Search(string? text)
    {
        var search = text is { Length: > 0 } ? text : null;
        view = view with { Search = search?.Trim() ?? "" };
        shown = view.Of(Outlook, me);
        written.Enqueue(search);
        Show("q", search);
    }

    private void Show(string parameter, string? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(parameter, value), replace: true);

    private void Open((Alert Alert, Doing Act) wanted) => (opened, act) = (wanted.Alert.Id, wanted.Act);

    private void Close() => opened = null;
}
