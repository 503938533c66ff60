using System.Globalization;

namespace TftPortal.Benchmarks.Crash;

/// <summary>What came of a crash run.</summary>
/// <param name="Kills">How often the portal was killed.</param>
/// <param name="KillsWhileSaving">How often while a save was under way: asked for, and not answered.</param>
/// <param name="Acknowledged">Batches that were answered "accepted".</param>
/// <param name="Lost">Of those, the ones that a restart did not have whole, each named.</param>
/// <param name="Unreadable">Starts that found something damaged, or did not come up, each with what was said.</param>
/// <param name="Replayed">Batches that the starts applied again.</param>
/// <param name="Start">Median time from the start of the process until it listens.</param>
/// <param name="Took">The whole run.</param>
internal sealed record CrashReport(
    int Kills, int KillsWhileSaving, int Acknowledged, IReadOnlyList<string> Lost, IReadOnlyList<string> Unreadable, long Replayed, TimeSpan Start, TimeSpan Took)
{
    /// <summary>Two runs as one.</summary>
    public static CrashReport operator +(CrashReport one, CrashReport other) => new(
        one.Kills + other.Kills, one.KillsWhileSaving + other.KillsWhileSaving, one.Acknowledged + other.Acknowledged, [.. one.Lost, .. other.Lost], [.. one.Unreadable, .. other.Unreadable],
        one.Replayed + other.Replayed, (one.Start + other.Start) / 2, one.Took > other.Took ? one.Took : other.Took);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        | kills | while saving | batches acknowledged | lost | unreadable states | replayed | median start | took |
        |---|---|---|---|---|---|---|---|
        | {Kills} | {KillsWhileSaving} | {Acknowledged:N0} | {Lost.Count} | {Unreadable.Count} | {Replayed:N0} | {Start.TotalSeconds:F2} s | {Took.TotalSeconds:F0} s |
        """) + string.Concat(Lost.Concat(Unreadable).Take(20).Select(line => $"\n{line}"));
}
