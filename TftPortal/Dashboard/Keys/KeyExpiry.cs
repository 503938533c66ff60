using System.Collections.Immutable;
using TftPortal.Access.ApiKeys;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Keys;

/// <summary>The keys that will soon stop working by themselves: within 14 days a warning, within one day critical.</summary>
internal static class KeyExpiry
{
    /// <summary>Those that work and will expire within 14 days, the next first.</summary>
    public static ImmutableArray<ApiKey> Soon(IEnumerable<HeldKey> keys, DateTimeOffset now) =>
        [.. keys.Select(held => held.Key).Where(key => key.RevokedAt is null && key.ExpiresAt > now && key.ExpiresAt - now <= ApiKey.ExpiringWithin).OrderBy(key => key.ExpiresAt)];

    /// <summary>How bad that is.</summary>
    public static RiskLevel Level(ImmutableArray<ApiKey> soon, DateTimeOffset now) =>
        soon.IsEmpty ? RiskLevel.Healthy : soon[0].ExpiresAt - now <= TimeSpan.FromDays(1) ? RiskLevel.Critical : RiskLevel.Warning;

    /// <summary>In a sentence; empty where there are none.</summary>
    public static string Words(ImmutableArray<ApiKey> soon, DateTimeOffset now) => soon switch
    {
        [] => "",
        [var only] => $"Key {only.Name} expires in {Left(only.ExpiresAt!.Value - now)}.",
        [var first, ..] => $"{soon.Length} keys expire within 14 days, {first.Name} first, in {Left(first.ExpiresAt!.Value - now)}.",
    };

    /// <summary>How long is left: "9 days", "5 h", "12 min".</summary>
    public static string Left(TimeSpan left) => left.TotalDays switch
    {
        >= 1.5 => $"{Math.Round(left.TotalDays):0} days",
        >= 1 => "1 day",
        _ when left.TotalHours >= 1 => $"{(int)left.TotalHours} h",
        _ => $"{Math.Max(1, (int)left.TotalMinutes)} min",
    };
}
