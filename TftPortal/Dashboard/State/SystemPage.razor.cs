using Microsoft.AspNetCore.Components;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.State;

namespace TftPortal.Dashboard.State;

/// <summary>The state on disk: whether the readings are safe, what was saved, and what was put out of the way.</summary>
public sealed partial class SystemPage : LiveComponent
{
    private StateKeeper? keeper;
    private StateReport report = StateReport.Nothing;

    // The keeper is in the container only where something is kept: asked for, not injected.
    [Inject]
    private IServiceProvider Portal { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnPicture()
    {
        keeper ??= Portal.GetService<StateKeeper>();
        Refresh();
    }

    private void Refresh() => report = keeper?.Report ?? StateReport.Nothing;
}
