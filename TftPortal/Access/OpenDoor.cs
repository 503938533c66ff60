using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TftPortal.Access;

/// <summary>
/// Who is let in while no key is configured: only programs of this machine. Every listener must be on loopback, and so must the request's sender and its Host;
/// headers of a proxy tell that it comes from elsewhere, and an Origin that is not allowed tells that another site's page makes this browser send it.
/// </summary>
internal sealed class OpenDoor(IServer server, CorsOrigins origins)
{
    private static readonly string[] ProxyHeaders =
        ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP"];

    private static readonly string[] ProxyPrefixes = ["X-Forwarded", "X-Original-"];

    private bool? listensOnLoopbackOnly;

    /// <summary>Whether nothing but this machine can connect. Meaningful once the server has started.</summary>
    public bool ListensOnLoopbackOnly => listensOnLoopbackOnly ??=
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses && addresses.All(IsLoopbackListener);

    /// <summary>Whether a request without a key is let in.</summary>
    public bool LetsIn(HttpContext http)
    {
        var request = http.Request;
        return ListensOnLoopbackOnly
            && http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && IsLoopbackHost(request.Host.Host)
            && !request.Headers.Keys.Any(IsProxyHeader)
            && IsHarmless(request);
    }

    private static bool IsProxyHeader(string name) =>
        ProxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) || Array.Exists(ProxyPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private bool IsHarmless(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origins.Allows(origin) || origin == $"{request.Scheme}://{request.Host}";
    }

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsLoopbackListener(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && IsLoopbackHost(BindingAddress.Parse(address).Host);
}
