using System.Net;

namespace TftPortal.Dashboard.Live;

/// <summary>Where a page's browser connects from, for the audit.</summary>
internal sealed class VisitorPlace
{
    /// <summary>The address; empty before the page is connected.</summary>
    public string Address { get; set; } = "";

    /// <summary>How the audit writes an address.</summary>
    public static string Text(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "unknown";
}
