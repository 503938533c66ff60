using System.Collections.Immutable;
using System.Net;

namespace TftPortal.Access.ApiKeys;

/// <summary>A key that somebody wants, checked.</summary>
internal sealed record KeyOrder
{
    /// <summary>1 to 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>At least one.</summary>
    public required ApiScopes Scopes { get; init; }

    /// <summary>It feeds only servers whose names begin so; null where it feeds any.</summary>
    public string? ServerPrefix { get; init; }

    /// <summary>How long it lives, days.</summary>
    public required int Days { get; init; }

    /// <summary>Its own limit of feed requests a minute; null where the general one holds.</summary>
    public int? FeedPerMinute { get; init; }

    /// <summary>Its own limit of read requests a minute and path; null where the general one holds.</summary>
    public int? ReadPerMinute { get; init; }

    /// <summary>Networks that it may be used from; empty where any.</summary>
    public ImmutableArray<IPNetwork> Networks { get; init; } = [];
}

/// <summary>A wish for a key as it was written, by a request or at the command line; nulls where nothing was said.</summary>
internal sealed record KeyWish
{
    public string? Name { get; init; }
    public IReadOnlyList<string?>? Scopes { get; init; }
    public string? ServerPrefix { get; init; }
    public int? ExpiresInDays { get; init; }
    public int? FeedPerMinute { get; init; }
    public int? ReadPerMinute { get; init; }
    public IReadOnlyList<string?>? Networks { get; init; }
}

/// <summary>One thing wrong with a wish.</summary>
/// <param name="Field">Which field, as on the wire.</param>
/// <param name="Reason">What is wrong, and what is allowed.</param>
internal sealed record KeyFault(string Field, string Reason);
