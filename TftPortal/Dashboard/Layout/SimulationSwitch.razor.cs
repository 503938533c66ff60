using Microsoft.AspNetCore.Components;
using TftPortal.Demo;
using TftPortal.Engine.Simulation;

namespace TftPortal.Dashboard.Layout;

/// <summary>Says that the fleet is simulated, and what befalls it; shows nothing unless the demo runs.</summary>
public sealed partial class SimulationSwitch : IDisposable
{
    private DemoFleet? fleet;

    // The demo is in the container only where it runs: asked for, not injected.
    [Inject]
    private IServiceProvider Portal { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        if (fleet is not null) fleet.Changed -= Show;
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        fleet = Portal.GetService<DemoFleet>();
        if (fleet is not null && RendererInfo.IsInteractive) fleet.Changed += Show;
    }

    // Another browser may have switched.
    private void Show() => _ = InvokeAsync(StateHasChanged);
}
