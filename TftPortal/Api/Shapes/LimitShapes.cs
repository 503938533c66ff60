namespace TftPortal.Api.Shapes;

/// <summary>Who is being limited.</summary>
/// <param name="Clients">Clients that are limited now first, then those refused within the last hour, then those nearest their limit; at most 1,200.</param>
/// <param name="WrongKeys">Addresses that sent keys that do not open within the last hour, the latest first; at most 1,000.</param>
/// <param name="Windows">How many clients and routes are counted now.</param>
internal sealed record LimitList(IReadOnlyList<LimitAnswer> Clients, IReadOnlyList<WrongKeyAnswer> WrongKeys, int Windows);

/// <summary>A client on a route.</summary>
internal sealed record LimitAnswer
{
    /// <summary>The key's public id, or the address (IPv6 by /64); * for all that there was no room to count apart.</summary>
    public required string Client { get; init; }
    /// <summary>key or address.</summary>
    public required string Kind { get; init; }
    /// <summary>The key's name; null for an address.</summary>
    public required string? Name { get; init; }
    /// <summary>The route that is counted.</summary>
    public required string Route { get; init; }
    /// <summary>Whether the next request is answered 429.</summary>
    public required bool Limited { get; init; }
    /// <summary>Requests in the minute that runs.</summary>
    public required int Hits { get; init; }
    /// <summary>Requests allowed a minute; null while no minute runs.</summary>
    public required int? Limit { get; init; }
    /// <summary>Seconds until the minute ends; null while none runs.</summary>
    public required double? EndsInSeconds { get; init; }
    /// <summary>Requests answered 429 within the last hour.</summary>
    public required int RefusedLastHour { get; init; }
    /// <summary>When the last of them was.</summary>
    public required string? LastRefusedAt { get; init; }
}

/// <summary>An address that sent wrong keys.</summary>
/// <param name="Address">The address (IPv6 by /64).</param>
/// <param name="LastHour">How many within the last hour.</param>
/// <param name="LastAt">When the last was.</param>
internal sealed record WrongKeyAnswer(string Address, int LastHour, string LastAt);
