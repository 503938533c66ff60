using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using TftPortal.Settings;
using IPNetwork = System.Net.IPNetwork;

namespace TftPortal.Access.Proxies;

/// <summary>Who a request is from, where a proxy stands in between.</summary>
internal static class ProxySetup
{
    private const string Key = "Proxies:Networks";
    private const string TrustAll = "ForwardedHeaders_Enabled"; // ASPNETCORE_FORWARDEDHEADERS_ENABLED

    /// <exception cref="WrongSettingException">A network is none, or ASP.NET Core's own switch is on, which believes everybody.</exception>
    public static void AddProxies(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        if (string.Equals(settings[TrustAll], "true", StringComparison.OrdinalIgnoreCase))
            SettingsCheck.Refuse(settings, $"ASPNETCORE_{TrustAll.ToUpperInvariant()}", settings[TrustAll]!, $"false: it believes everybody who says where he comes from; name your proxies in {Key}");
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration("Proxies");
        _ = Read(settings);
    }

    /// <summary>Takes a request's sender, scheme and host from its proxies, if they are known. Nothing is believed while none is named: the middleware with empty lists would believe everybody.</summary>
    public static void UseProxies(this WebApplication app)
    {
        var networks = Read(app.Configuration);
        if (networks.Length == 0) return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null, // a chain of proxies is followed from the nearest as long as each is known
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    private static IPNetwork[] Read(IConfiguration settings) =>
        [.. (settings[Key] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Parse(settings, text))];

    private static IPNetwork Parse(IConfiguration settings, string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new(address, address.GetAddressBytes().Length * 8);
        if (!IPNetwork.TryParse(text, out var network)) SettingsCheck.Refuse(settings, Key, text, "a list of addresses and networks separated by commas, for example 127.0.0.1, 10.0.3.0/24");
        if (network.PrefixLength == 0) SettingsCheck.Refuse(settings, Key, text, "no network that holds everybody");
        return network;
    }
}
