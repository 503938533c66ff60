using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace TftPortal.Dashboard.Charts;

/// <summary>A metric's past and its fan of forecasts. The chart is made once, receives new points, and leaves with the component.</summary>
public sealed partial class FanChart : IAsyncDisposable
{
    private readonly string key = Guid.NewGuid().ToString("N");
    private ElementReference element;
    private IJSObjectReference? module;
    private FanChartData? drawn;

    /// <summary>What to draw; the chart is touched only when it is another object than before.</summary>
    [Parameter, EditorRequired]
    public FanChartData Data { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
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
        module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./js/fan-chart.js");
        if (ReferenceEquals(Data, drawn)) return;
        drawn = Data;
        await module.InvokeVoidAsync("draw", key, element, Data.Frame, Data.Values);
    }
}
