using System.ComponentModel.DataAnnotations;

namespace TftPortal.Access;

/// <summary>The settings <c>RateLimits:*</c>.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Requests of one client a minute: <c>POST /feed/data</c>.</summary>
    /// <value>From 1 to 1,000,000; 60 by default.</value>
    [Range(1, 1_000_000)]
    public int FeedPerMinute { get; set; } = 60;

    /// <summary>Requests of one client a minute and path: predictions and alerts.</summary>
    /// <value>From 1 to 1,000,000; 30 by default.</value>
    [Range(1, 1_000_000)]
    public int ReadPerMinute { get; set; } = 30;

    /// <summary>Requests of one client a minute and path: the keys themselves.</summary>
    /// <value>From 1 to 1,000,000; 60 by default.</value>
    [Range(1, 1_000_000)]
    public int AdminPerMinute { get; set; } = 60;

    /// <summary>Wrong keys of one address a minute.</summary>
    /// <value>From 1 to 1,000,000; 20 by default.</value>
    [Range(1, 1_000_000)]
    public int WrongKeysPerMinute { get; set; } = 20;
}
