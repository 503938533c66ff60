using System.ComponentModel.DataAnnotations;

namespace TftPortal.Api;

/// <summary>The settings <c>Feed:*</c>.</summary>
internal sealed class FeedOptions
{
    /// <summary>Largest body of <c>POST /feed/data</c>, bytes.</summary>
    /// <value>From 1,024 to 1,073,741,824; 10,485,760 (10 MB) by default.</value>
    [Range(1_024, 1_073_741_824)]
    public int MaxBodyBytes { get; set; } = 10_485_760;

    /// <summary>Most records of one batch; one with more is refused whole, with 422.</summary>
    /// <value>From 1 to 10,000,000; 100,000 by default.</value>
    [Range(1, 10_000_000)]
    public int MaxRecords { get; set; } = 100_000;

    /// <summary>How deep the JSON of a body may nest; a deeper one is refused whole, with 422.</summary>
    /// <value>From 3, which a batch needs, to 128; 64 by default.</value>
    [Range(3, 128)]
    public int MaxDepth { get; set; } = 64;
}
