using System.Net;
using System.Net.Sockets;

namespace TftPortal.Access;

/// <summary>Where a request comes from, for limits.</summary>
internal static class ClientAddress
{
    /// <summary>An IPv4 address as it is; of an IPv6 address the /64, which is what one subscriber has.</summary>
    public static string Of(IPAddress? remote)
    {
        if (remote is null) return "unknown";
        if (remote.IsIPv4MappedToIPv6) remote = remote.MapToIPv4();
        if (remote.AddressFamily != AddressFamily.InterNetworkV6) return remote.ToString();
        Span<byte> bytes = stackalloc byte[16];
        remote.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
