using Microsoft.AspNetCore.Http.Features;

namespace TftPortal.Access.Browser;

/// <summary>Tells WebSockets before any middleware does.</summary>
internal static class Upgrades
{
    /// <summary>Whether a request opens a WebSocket: by HTTP/1.1's Upgrade, or by HTTP/2's extended CONNECT.</summary>
    public static bool IsWebSocket(HttpContext http) =>
        http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}
