using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TftPortal.Settings;

namespace TftPortal.Access.Limits;

/// <summary>What a client may cost.</summary>
internal static class LimitsSetup
{
    public static void AddConnectionLimits(this WebApplicationBuilder builder)
    {
        SettingsCheck.Check<ConnectionOptions>(builder.Configuration, "Connections");
        builder.Services.AddOptions<ConnectionOptions>().BindConfiguration("Connections");
        builder.Services.AddSingleton<LiveSlots>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ConnectionOptions>>((kestrel, connections) => Apply(kestrel.Limits, connections.Value));
    }

    /// <summary>Bounds open pages, before routing.</summary>
    public static void UseLiveLimit(this WebApplication app) => app.UseMiddleware<LiveLimit>();

    private static void Apply(KestrelServerLimits limits, ConnectionOptions options)
    {
        var rate = new MinDataRate(options.MinBytesPerSecond, TimeSpan.FromSeconds(options.GraceSeconds));
        limits.MaxConcurrentConnections = options.Max;
        limits.MaxConcurrentUpgradedConnections = options.MaxWebSockets;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.MaxRequestLineSize = options.MaxLineBytes;
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, Math.Max(options.MaxHeaderBytes, options.MaxLineBytes)); // Kestrel refuses to start with less
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        limits.MinRequestBodyDataRate = rate;
        limits.MinResponseDataRate = rate;
    }
}
