using System.Collections.Immutable;

namespace TftPortal.Dashboard.Keys;

/// <summary>A key that was just made or rotated, with its secret: shown once and held nowhere else.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Text">The key in clear.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="ServerPrefix">It feeds only servers whose names begin so; null where any.</param>
/// <param name="OldWorksUntil">Until when the secret before works; null where there is none that does.</param>
/// <param name="IsRotation">Whether there was a secret before.</param>
public sealed record IssuedKey(string Name, string Text, ImmutableArray<string> Scopes, string? ServerPrefix, DateTimeOffset? OldWorksUntil, bool IsRotation)
{
    /// <summary>Never with the key in it.</summary>
    public override string ToString() => $"{nameof(IssuedKey)} {Name}";
}
