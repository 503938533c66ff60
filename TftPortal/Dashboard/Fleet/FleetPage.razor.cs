using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>The fleet: what is wrong, what will be, and every server by risk.</summary>
public sealed partial class FleetPage : LiveComponent
{
    private readonly Queue<string?> written = []; // searches written to the address that have not come back from it
    private readonly Dictionary<string, object?> underWay = new(StringComparer.Ordinal); // parts of the address that it does not say yet
    private FleetView view = FleetView.From(FleetFilter.All, null);
    private FleetColumns columns = FleetColumns.From(null);
    private ServerOutlook[] rows = [];

    /// <summary>Part of a server's name: <c>?q=</c>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    /// <summary>A <see cref="FleetColumn"/> in lower case, with a minus for its reverse: <c>?sort=</c>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    private string? SortedBy { get; set; }

    /// <summary>A profile's name on the wire: <c>?profile=</c>.</summary>
    [SupplyParameterFromQuery(Name = "profile")]
    private string? Profile { get; set; }

    /// <summary>The least level: <c>?level=</c>.</summary>
    [SupplyParameterFromQuery(Name = "level")]
    private string? Level { get; set; }

    /// <summary>Who forecasts: <c>?model=</c>.</summary>
    [SupplyParameterFromQuery(Name = "model")]
    private string? Model { get; set; }

    /// <summary>Within which time an incident is due: <c>?due=</c>.</summary>
    [SupplyParameterFromQuery(Name = "due")]
    private string? Due { get; set; }

    /// <summary>Only silent servers: <c>?stale=yes</c>.</summary>
    [SupplyParameterFromQuery(Name = "stale")]
    private string? Stale { get; set; }

    /// <summary>Columns that are not shown, with commas: <c>?hide=</c>.</summary>
    [SupplyParameterFromQuery(Name = "hide")]
    private string? Hide { get; set; }

    /// <summary>What the map groups by: <c>?group=prefix</c>; by profile where it is left out.</summary>
    [SupplyParameterFromQuery(Name = "group")]
    private string? Group { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Title => Outlook.Health.HighRiskServers is > 0 and var risky
        ? string.Create(CultureInfo.InvariantCulture, $"({risky}) Fleet · TftPortal")
        : "Fleet · TftPortal";

    private string Count => rows.Length == Outlook.Servers.Length
        ? string.Create(CultureInfo.InvariantCulture, $"{rows.Length:#,0} {(rows.Length == 1 ? "server" : "servers")}")
        : string.Create(CultureInfo.InvariantCulture, $"{rows.Length:#,0} of {Outlook.Servers.Length:#,0} servers");

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (underWay.Count > 0 && Navigation.GetUriWithQueryParameters(underWay) == Navigation.Uri) underWay.Clear();
        if (written.Contains(Query))
        {
            // Our own search comes back from the address; more may have been typed since, and must not be written over.
            while (written.Dequeue() != Query) { }
            view = FleetView.From(Filter(view.Filter.Search), SortedBy);
        }
        else
        {
            view = FleetView.From(Filter(Query), SortedBy);
        }

        columns = FleetColumns.From(Hide);
        rows = view.Of(Outlook);
    }

    /// <inheritdoc />
    protected override void OnPicture() => rows = view.Of(Outlook);

    // Bound, not only listened to: Blazor then knows what was typed and writes no older text over it.
    private void Search(string? text)
    {
        var search = text is { Length: > 0 } ? text : null;
        view = FleetView.From(Filter(search), SortedBy);
        rows = view.Of(Outlook);
        written.Enqueue(search);
        Show("q", search);
    }

    private string Nobody => view.Filter.IsNarrow ? "No server is like that now." : $"No server's name contains “{view.Filter.Search}”.";

    private FleetFilter Filter(string? search) => FleetFilter.From(search, Profile, Level, Model, Due, Stale);

    private FleetGrouping Grouping => Group == "prefix" ? FleetGrouping.Prefix : FleetGrouping.Profile;

    // A link, so that it can be opened beside this one, and the way back of a narrow view.
    private string Everything => Navigation.GetUriWithQueryParameters(FleetFilter.Parameters.ToDictionary(parameter => parameter, _ => (object?)null, StringComparer.Ordinal));

    private void Sort(FleetColumn column) =>
        Show("sort", FleetView.SortParameter(column, reversed: view.Column == column && !view.Reversed));

    // Replaced, not added: the way back leads to the page before and not through every letter typed.
    // The address answers a round trip later: what was chosen meanwhile goes with what is chosen now.
    private void Show(string parameter, string? value)
    {
        underWay[parameter] = value;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(underWay), replace: true);
    }
}
