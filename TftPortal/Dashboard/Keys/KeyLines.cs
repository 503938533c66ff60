using System.Globalization;

namespace TftPortal.Dashboard.Keys;

/// <summary>Lines that use a new key at once. The key goes through the environment: arguments show in the list of processes.</summary>
/// <param name="Key">The key.</param>
/// <param name="Portal">The portal's address as the browser knows it, with its closing slash.</param>
/// <param name="Now">The time of the reading that they send.</param>
internal sealed record KeyLines(IssuedKey Key, string Portal, DateTimeOffset Now)
{
    private bool Feeds => Key.Scopes.Contains("feed");

    private string Path => Key.Scopes.Contains("read") ? "predictions/current" : "api/keys";

    private string Server => $"{Key.ServerPrefix}{(Key.ServerPrefix is null ? "web-01" : "01")}";

    private string Body => $$"""{"records":[{"timestamp":"{{Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}}","server_name":"{{Server}}","cpu_idle_pct":61.5,"mem_used_pct":71.4,"load_average":1.9}]}""";

    /// <summary>A request by curl: a reading, the forecasts, or the keys, as the key allows.</summary>
    public string Curl => Feeds
        ? $"""
        TFT_API_KEY='{Key.Text}'
        curl -X POST {Portal}feed/data -H "X-API-Key: $TFT_API_KEY" \
          -H "Content-Type: application/json" \
          -d '{Body}'
        """
        : $"""
        TFT_API_KEY='{Key.Text}'
        curl --compressed -H "X-API-Key: $TFT_API_KEY" {Portal}{Path}
        """;

    /// <summary>The agent; null for a key that does not feed.</summary>
    public string? Agent => !Feeds ? null : $"""
        export TFT_API_KEY='{Key.Text}'
        tft-agent --url {Portal} --name "{Key.ServerPrefix}$(hostname)"
        """;

    /// <summary>The same by PowerShell.</summary>
    public string PowerShell => Feeds
        ? $$"""
        $key = '{{Key.Text}}'
        Invoke-RestMethod -Method Post -Uri {{Portal}}feed/data -Headers @{ 'X-API-Key' = $key } `
          -ContentType application/json -Body '{{Body}}'
        """
        : $$"""
        $key = '{{Key.Text}}'
        Invoke-RestMethod -Uri {{Portal}}{{Path}} -Headers @{ 'X-API-Key' = $key }
        """;
}
