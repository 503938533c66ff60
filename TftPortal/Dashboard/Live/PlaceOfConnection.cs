using Microsoft.AspNetCore.Components.Server.Circuits;

namespace TftPortal.Dashboard.Live;

/// <summary>Notes where each connection of a page comes from.</summary>
internal sealed class PlaceOfConnection(VisitorPlace place, IHttpContextAccessor request) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        place.Address = VisitorPlace.Text(request.HttpContext?.Connection.RemoteIpAddress);
        return Task.CompletedTask;
    }
}
