using System.ComponentModel.DataAnnotations;

namespace TftPortal.Settings;

/// <summary>The settings <c>Server:*</c>.</summary>
internal sealed class ServerOptions
{
    /// <summary>The port listened on, on 127.0.0.1, unless <c>ASPNETCORE_URLS</c> or <c>--urls</c> say otherwise; <c>PORT</c> overrides it.</summary>
    /// <value>From 0 (any free one) to 65535; 8000 by default.</value>
    [Range(0, 65_535)]
    public int Port { get; set; } = 8000;
}
