using System.Collections.Frozen;

namespace TftPortal.Agent;

/// <summary>What the agent was told to do.</summary>
internal sealed record AgentSettings
{
    /// <summary>Profiles that the portal knows.</summary>
    public static readonly FrozenSet<string> Profiles = FrozenSet.Create(
        StringComparer.Ordinal, "ml_compute", "database", "web_api", "conductor_mgmt", "data_ingest", "risk_analytics", "generic");

    /// <summary>The portal's address.</summary>
    /// <value><c>http://127.0.0.1:8000</c> by default.</value>
    public required Uri Url { get; init; }

    /// <summary>The API key; null where none is configured.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the key came as an argument, where every user of the host can see it.</summary>
    public bool IsKeyVisible { get; init; }

    /// <summary>Time from one reading to the next.</summary>
    /// <value>From 1 second to 1 hour; 15 seconds by default.</value>
    public required TimeSpan Interval { get; init; }

    /// <summary>The name that the host is fed under.</summary>
    public required string Name { get; init; }

    /// <summary>What the host is for; null leaves it to the portal to tell from the name.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether to post one reading and end.</summary>
    public bool IsOnce { get; init; }

    /// <summary>Where batches are posted to.</summary>
    public Uri FeedAddress => new(Url.AbsoluteUri.TrimEnd('/') + "/feed/data");

    /// <summary>How many readings wait for the portal at most: 24 hours of them, and no more than 20,000, some 4 MB.</summary>
    public int BufferCapacity => (int)Math.Clamp(TimeSpan.FromHours(24) / Interval, 1, 20_000);
}
