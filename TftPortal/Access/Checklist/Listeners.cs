using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TftPortal.Access.Checklist;

/// <summary>Where the portal listens. Meaningful once the server has started.</summary>
internal sealed class Listeners(IServer server, OpenDoor door)
{
    private ICollection<string> Addresses => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>Whether other machines can connect without TLS.</summary>
    public bool IsPlainBeyondLoopback => !door.ListensOnLoopbackOnly && Addresses.Any(address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase));

    /// <summary>For a person.</summary>
    public string Text => string.Join(", ", Addresses);
}
