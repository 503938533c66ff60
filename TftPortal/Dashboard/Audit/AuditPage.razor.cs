using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.Audit;
using TftPortal.Dashboard.Live;

namespace TftPortal.Dashboard.Audit;

/// <summary>The audit, the newest entries first; new ones come by themselves. The address carries the filter.</summary>
public sealed partial class AuditPage : PulsedComponent
{
    private const int Size = 100;

    private AuditQuery query = new(null, null, null, null, null);
    private long? below;
    private ImmutableArray<AuditEntry> entries = [];
    private int count;
    private string? problem;
    private bool isRead;

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    private string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "action")]
    private string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "below")]
    private long? Below { get; set; }

    [Inject]
    private AuditLog Log { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var asked = new AuditQuery(From, To, Actor, Action, Text);
        if (isRead && asked == query && below == Below) return;
        (query, below) = (asked, Below);
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task LookAsync()
    {
        // The first look is the parameters'; older pages do not change.
        if (isRead && below is null) await ReadAsync();
    }

    private async Task ReadAsync()
    {
        isRead = true;
        (var filter, problem) = query.Read();
        if (filter is null) return;
        var page = await Log.ReadAsync(filter, below, Size, Left);
        if (!entries.IsEmpty && page.Length == entries.Length && page.Length > 0 && page[0].Number == entries[0].Number && page[^1].Number == entries[^1].Number) return; // an entry never changes
        entries = page;
        count = await Log.CountAsync(filter, Left);
    }

    // Replaced, not added: the way back leads to the page before and not through every filter tried.
    private void Filter(AuditQuery wanted) => Navigation.NavigateTo("admin/audit" + wanted.Address(), replace: true);
}
