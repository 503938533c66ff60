namespace TftPortal.Engine.Fleet;

/// <summary>Servers of which nothing is sent for a while; their alerts are raised, shown and recorded all the same. It ends by itself.</summary>
public sealed record AlertSilence
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }
    /// <summary>Which servers: a <see cref="ServerPattern"/>.</summary>
    public required string Servers { get; init; }
    /// <summary>Which alerts of theirs, as <see cref="Alert.Metric"/>; null for all.</summary>
    public string? Metric { get; init; }
    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }
    /// <summary>When it ends, or was ended.</summary>
    public required DateTimeOffset Until { get; init; }
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
    /// <summary>By whom.</summary>
    public required string By { get; init; }
    /// <summary>Who ended it before its time; null where nobody did.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Whether it holds at a time.</summary>
    public bool IsOn(DateTimeOffset now) => now < Until; // it holds from when it is made, even where the clock is set back after that

    /// <summary>Whether it is about an alert.</summary>
    public bool Covers(string server, string metric) => (Metric is null || Metric == metric) && ServerPattern.Matches(Servers, server);
}
