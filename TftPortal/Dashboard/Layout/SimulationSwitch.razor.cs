using Microsoft.AspNetCore.Components;
using TftPortal.Access.Audit;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Demo;
using TftPortal.Engine.Simulation;

namespace TftPortal.Dashboard.Layout;

/// <summary>Says that the fleet is simulated, and what befalls it; shows nothing unless the demo runs.</summary>
public sealed partial class SimulationSwitch : IDisposable
{
    private DemoFleet? fleet;
    private bool may;

    // The demo is in the container only where it runs: asked for, not injected.
    [Inject]
    private IServiceProvider Portal { get; set; } = null!;

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    [Inject]
    private ActNotes Notes { get; set; } = null!;

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

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => may = fleet is not null && await Visitor.MayAsync(PortalRoles.Operator);

    private async Task SwitchAsync(SimulationScenario scenario)
    {
        if (fleet is null || fleet.Scenario == scenario || await Acting.AskAsync(PortalRoles.Operator) is not { } by) return;
        fleet.Scenario = scenario;
        await Notes.TryWriteAsync(by, "demo.switched", fleet.IncidentServer, $"{scenario}");
    }

    // Another browser may have switched.
    private void Show() => _ = InvokeAsync(StateHasChanged);
}
