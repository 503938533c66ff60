using Microsoft.AspNetCore.Components.Server.Circuits;

namespace TftPortal.Dashboard.Live;

/// <summary>A browser that lost its connection is sent nothing, and keeps the feed from nothing, until it is back.</summary>
internal sealed class PauseWhenUnseen(LiveOutlook live) : CircuitHandler
{
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        live.Pause();
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        live.Resume();
        return Task.CompletedTask;
    }
}
