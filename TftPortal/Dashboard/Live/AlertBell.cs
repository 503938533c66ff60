using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Live;

/// <summary>Nothing to see: rings in the browser (js/bell.js) for every critical alert that was not there when the page was opened: in the tab's title, and as a notification where the reader allowed it. Also while the tab is in the background.</summary>
public sealed class AlertBell : ComponentBase, IAsyncDisposable
{
    private readonly HashSet<Guid> known = [];
    private IDisposable? following;
    private IJSObjectReference? module;
    private DotNetObjectReference<AlertBell>? self;
    private bool isGone;

    [Inject]
    private LiveOutlook Live { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>The browser says whether the page is looked at.</summary>
    [JSInvokable]
    public void Seen(bool isSeen) => Live.SetSeen(isSeen);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            self = DotNetObjectReference.Create(this);
            module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/bell.js");
            var heard = await module.InvokeAsync<Guid[]?>("start", self);
            if (isGone) return;
            if (heard is null) _ = Unheard(Live.Latest); // what is open already is on the page
            else known.UnionWith(heard);
            await module.InvokeVoidAsync("know", known);
        }
        catch (Exception fault) when (fault is JSException or JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            return; // a page without a bell is a page all the same
        }

        following = Live.Follow(picture => InvokeAsync(() => RingAsync(picture)), evenUnseen: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        isGone = true;
        following?.Dispose();
        try
        {
            if (module is not null) await module.InvokeVoidAsync("stop");
            if (module is not null) await module.DisposeAsync();
        }
        catch (Exception fault) when (fault is JSException or JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The browser has gone, and its listeners with it.
        }

        self?.Dispose();
    }

    private async Task RingAsync(FleetOutlook picture)
    {
        var before = known.Count;
        var unheard = Unheard(picture);
        if (isGone || module is null || (unheard.Count == 0 && known.Count == before)) return;
        try
        {
            await module.InvokeVoidAsync("know", known);
            if (unheard.Count > 0) await module.InvokeVoidAsync("ring", unheard.Count, unheard[0].Message, unheard.Count == 1 ? $"servers/{Uri.EscapeDataString(unheard[0].Server)}" : "alerts");
        }
        catch (Exception fault) when (fault is JSException or JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is there to hear it; the pictures go on.
        }
    }

    // What is silenced or taken rings for nobody; an alert that ends and is raised again has another id and rings again.
    private List<Alert> Unheard(FleetOutlook picture)
    {
        var critical = picture.Alerts.Where(alert => alert.Severity == AlertSeverity.Critical && !alert.IsHushed && alert.AcknowledgedBy is null).ToList();
        var unheard = critical.Where(alert => !known.Contains(alert.Id)).ToList();
        known.IntersectWith(picture.Alerts.Select(alert => alert.Id));
        known.UnionWith(critical.Select(alert => alert.Id));
        return unheard;
    }
}
