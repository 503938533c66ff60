using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Fleet;

/// <summary>The fleet: what is wrong, what will be, and every server by risk.</summary>
public sealed partial class FleetPage : LiveComponent
{
    private readonly Queue<string?> written = []; // searches written to the address that have not come back from it
    private FleetView view = FleetView.From(null, null);
    private ServerOutlook[] rows = [];

    /// <summary>Part of a server's name: <c>?q=</c>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    /// <summary>A <see cref="FleetColumn"/> in lower case, with a minus for its reverse: <c>?sort=</c>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    private string? SortedBy { get; set; }

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
        if (written.Contains(Query))
        {
            // Our own search comes back from the address; more may have been typed since, and must not be written over.
            while (written.Dequeue() != Query) { }
            view = FleetView.From(view.Search, SortedBy);
        }
        else
        {
            view = FleetView.From(Query, SortedBy);
        }

        rows = view.Of(Outlook);
    }

    /// <inheritdoc />
    protected override void OnPicture() => rows = view.Of(Outlook);

    // Bound, not only listened to: Blazor then knows what was typed and writes no older text over it.
    private void Search(string? text)
    {
        var search = text is { Length: > 0 } ? text : null;
        view = FleetView.From(search, SortedBy);
        rows = view.Of(Outlook);
        written.Enqueue(search);
        Show("q", search);
    }

    private void Sort(FleetColumn column) =>
        Show("sort", FleetView.SortParameter(column, reversed: view.Column == column && !view.Reversed));

    // Replaced, not added: the way back leads to the page before and not through every letter typed.
    private void Show(string parameter, string? value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(parameter, value), replace: true);
}
