namespace TftPortal.Access.Proxies;

/// <summary>The settings <c>Proxies:*</c>.</summary>
internal sealed class ProxyOptions
{
    /// <summary>The proxies in front of the portal: only theirs are the X-Forwarded-For, -Proto and -Host that are believed.</summary>
    /// <value>Addresses and networks (CIDR), separated by commas; none by default.</value>
    public string Networks { get; set; } = "";
}
