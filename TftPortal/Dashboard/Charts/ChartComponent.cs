using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace TftPortal.Dashboard.Charts;

/// <summary>A chart that a module of ours draws into an element: made once, it receives new points, and leaves with the component.</summary>
/// <typeparam name="TData">What it is drawn from.</typeparam>
/// <param name="path">The module: it has <c>draw(key, element, frame, values)</c> and <c>dispose(key)</c>.</param>
public abstract class ChartComponent<TData>(string path) : ComponentBase, IAsyncDisposable
    where TData : class, IChartData
{
    private readonly string key = Guid.NewGuid().ToString("N");
    private IJSObjectReference? module;
    private TData? drawn;

    /// <summary>What to draw; the chart is touched only when it is another object than before.</summary>
    [Parameter, EditorRequired]
    public TData Data { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>Where it is drawn.</summary>
    protected ElementReference Element { get; set; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (module is null) return;
        try
        {
            await module.InvokeVoidAsync("dispose", key);
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its charts with it.
        }
    }

    /// <inheritdoc />
    protected override bool ShouldRender() => !ReferenceEquals(Data, drawn);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        module ??= await Browser.InvokeAsync<IJSObjectReference>("import", path);
        if (ReferenceEquals(Data, drawn)) return;
        drawn = Data;
        try
        {
            await module.InvokeVoidAsync("draw", key, Element, Data.Frame, Data.Values);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or NullReferenceException)
        {
            // The browser has gone. Blazor (10.0) says it by the second where the call carries bytes, and nobody would see the page of errors that it makes of it.
        }
    }
}
