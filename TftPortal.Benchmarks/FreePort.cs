using System.Net;
using System.Net.Sockets;

namespace TftPortal.Benchmarks;

/// <summary>A port of this host that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>Finds one.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
