using System.ComponentModel.DataAnnotations;

namespace TftPortal.Access.Browser;

/// <summary>The settings <c>Browser:*</c>.</summary>
internal sealed class BrowserOptions
{
    /// <summary>How long a browser that once came by TLS shall come by nothing else (Strict-Transport-Security), days. Sent under TLS only, and never for localhost.</summary>
    /// <value>From 0, which sends none, to 730; 365 by default.</value>
    [Range(0, 730)]
    public int HstsDays { get; set; } = 365;

    /// <summary>Reports of refused scripts, styles and connections that one address may send a minute; of all together ten times as many are taken.</summary>
    /// <value>From 1 to 1,000; 20 by default.</value>
    [Range(1, 1_000)]
    public int ReportsPerMinute { get; set; } = 20;
}
