using System.ComponentModel.DataAnnotations;

namespace TftPortal.Api;

/// <summary>The settings <c>Feed:*</c>.</summary>
internal sealed class FeedOptions
{
    /// <summary>Largest body of <c>POST /feed/data</c>, bytes.</summary>
    /// <value>From 1,024 to 1,073,741,824; 10,485,760 (10 MB) by default.</value>
    [Range(1_024, 1_073_741_824)]
    public int MaxBodyBytes { get; set; } = 10_485_760;
}
