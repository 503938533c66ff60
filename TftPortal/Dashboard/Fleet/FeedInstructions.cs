using System.Globalization;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Dashboard.Fleet;

/// <summary>The lines that feed this portal its first reading.</summary>
/// <param name="configuration">Says whether a key is configured; the key itself is never shown.</param>
/// <param name="keys">Says whether one was made.</param>
internal sealed class FeedInstructions(IConfiguration configuration, KeyRing? keys = null)
{
    /// <summary>Whether a caller must send <c>X-API-Key</c>.</summary>
    public bool NeedsKey => keys is { IsEmpty: false } || !string.IsNullOrWhiteSpace(configuration["Access:ApiKey"]);

    /// <summary>A reading by curl, stamped now: an old one would be placed in the past.</summary>
    /// <param name="portal">The portal's address as the browser knows it, with its closing slash.</param>
    /// <param name="now">The reading's time.</param>
    public string Curl(string portal, DateTimeOffset now) =>
        $$"""
        curl -X POST {{portal}}feed/data \
          -H "Content-Type: application/json" \{{(NeedsKey ? "\n  -H \"X-API-Key: $TFT_API_KEY\" \\" : "")}}
          -d '{"records":[{"timestamp":"{{now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}","server_name":"web-01",
        "cpu_user_pct":31.5,"cpu_sys_pct":6.2,"cpu_iowait_pct":0.8,"cpu_idle_pct":61.5,
        "mem_used_pct":71.4,"disk_usage_pct":54.0,"load_average":1.9}]}'
        """;

    /// <summary>The agent, for a host that sends its readings by itself.</summary>
    public string Agent(string portal) => $"tft-agent --url {portal}{(NeedsKey ? " --key \"$TFT_API_KEY\"" : "")} --name \"$(hostname)\"";

    /// <summary>The simulated fleet.</summary>
    public static string Demo => "dotnet run --project TftPortal -- --demo";
}
