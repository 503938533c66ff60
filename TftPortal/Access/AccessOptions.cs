namespace TftPortal.Access;

/// <summary>The settings <c>Access:*</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>One key with the scopes feed and read, shown as "environment" and never in clear; <c>TFT_API_KEY</c> overrides it.</summary>
    /// <value>None by default: then only programs on this machine are let in (<see cref="OpenDoor"/>).</value>
    public string ApiKey { get; set; } = "";

    /// <summary>Origins whose pages may call the API from a browser, separated by commas; <c>CORS_ORIGINS</c> overrides it.</summary>
    /// <value>Origins as a browser sends them; <c>http://localhost:8501</c> by default.</value>
    public string CorsOrigins { get; set; } = "http://localhost:8501";
}
