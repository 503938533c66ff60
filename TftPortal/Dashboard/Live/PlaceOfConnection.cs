using Microsoft.AspNetCore.Components.Server.Circuits;
using TftPortal.Access;

namespace TftPortal.Dashboard.Live;

/// <summary>Looks at each connection of a page as the key gate looks at a request without a key; a connection that shows no request is taken for a stranger's.</summary>
internal sealed class PlaceOfConnection(BrowserPlace place, OpenDoor door, IHttpContextAccessor request) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        place.IsOnThisMachine = request.HttpContext is { } http && door.LetsIn(http);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        place.IsOnThisMachine = false;
        return Task.CompletedTask;
    }
}
