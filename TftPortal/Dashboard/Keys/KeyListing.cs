using System.Collections.Immutable;
using TftPortal.Access.ApiKeys;

namespace TftPortal.Dashboard.Keys;

/// <summary>A key as the page shows it, at one moment. Without its secret, which nobody has.</summary>
public sealed record KeyListing
{
    /// <summary>Its public id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What has become of it.</summary>
    public required KeyState State { get; init; }

    /// <summary>What it allows.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>It feeds only servers whose names begin so; null where it feeds any.</summary>
    public required string? ServerPrefix { get; init; }

    /// <summary>Networks that it may be used from; empty where any.</summary>
    public required ImmutableArray<string> Networks { get; init; }

    /// <summary>Its own limits a minute, in words; empty where the general ones hold.</summary>
    public required string Limits { get; init; }

    /// <summary>When it was made; null for the environment's.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it stops working; null: never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it stopped working; null while it works.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its last request that was let through; null where none was.</summary>
    public required KeyUsedBy? LastUsed { get; init; }

    /// <summary>Its last request that was refused; null where none was.</summary>
    public required KeyUsedBy? LastRefused { get; init; }

    /// <summary>Requests let through in this hour and the 23 before.</summary>
    public required int Requests { get; init; }

    /// <summary>Requests refused in this hour and the 23 before.</summary>
    public required int Refused { get; init; }

    /// <summary>Until when the secret before the newest works; null where only one does.</summary>
    public required DateTimeOffset? OldWorksUntil { get; init; }

    /// <summary>Who used the old secret since there is a new one, the last first; empty where only one works.</summary>
    public required ImmutableArray<KeyUsedBy> OldUsers { get; init; }

    /// <summary>Everybody who used it, the last first.</summary>
    public required ImmutableArray<KeyUsedBy> Users { get; init; }

    /// <summary>Whether it is the one of <c>TFT_API_KEY</c>.</summary>
    public bool IsEnvironment => Id == ApiKey.EnvironmentId;

    /// <summary>Whether it works no more.</summary>
    public bool IsEnded => EndedAt is not null;

    /// <summary>Whether somebody tried it after its end, within a day of <paramref name="now"/>.</summary>
    public bool IsTriedAfterEnd(DateTimeOffset now) => LastRefused is { } tried && tried.At >= EndedAt && now - tried.At < TimeSpan.FromDays(1);

    /// <summary>Those of <see cref="OldUsers"/> who have not been seen with the new secret since.</summary>
    public IEnumerable<KeyUsedBy> StillOnOld => OldUsers.Where(user => !user.HasNewSecret);
}

/// <summary>Somebody who used a key: an address and a program.</summary>
/// <param name="At">When last.</param>
/// <param name="Address">From where.</param>
/// <param name="Program">What the program calls itself; empty where it doesn't say.</param>
/// <param name="Requests">How many requests of it were let through.</param>
/// <param name="Reason">Why it was refused; empty where it was not.</param>
/// <param name="HasNewSecret">Whether it has used the newest secret after its last use of an older one.</param>
public sealed record KeyUsedBy(DateTimeOffset At, string Address, string Program, long Requests, string Reason, bool HasNewSecret)
{
    /// <summary>The address and the program.</summary>
    public string Who => Program.Length == 0 ? $"{Address}, no user agent" : $"{Address}, {Program}";
}
