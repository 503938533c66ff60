using System.Collections.Concurrent;

namespace TftPortal.Access;

/// <summary>
/// Addresses that a valid key came from within the last hour. One misconfigured agent that keeps sending a wrong key must not lock out its neighbours behind the same address;
/// but an address that has only ever guessed is answered 429 even if its next guess is right. Bounded.
/// </summary>
internal sealed class TrustedAddresses(TimeProvider clock)
{
    /// <summary>How many addresses are remembered; past that, new ones are not.</summary>
    public const int MaxAddresses = 50_000;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly Lock sweeping = new();
    private long? swept;
    private int kept; // the dictionary's own count locks all of it

    /// <summary>How many addresses are remembered now.</summary>
    public int Count => seen.Count;

    public void Trust(string address)
    {
        var now = clock.GetTimestamp();
        if (seen.TryGetValue(address, out var last))
        {
            seen.TryUpdate(address, now, last);
            return;
        }

        if (Volatile.Read(ref kept) >= MaxAddresses && !MakeRoom()) return;
        if (seen.TryAdd(address, now)) Interlocked.Increment(ref kept);
    }

    public bool IsTrusted(string address) => seen.TryGetValue(address, out var time) && clock.GetElapsedTime(time) < Memory;

    // Once a minute: with the room full, looking through all of it for each newcomer would cost a millisecond a request.
    private bool MakeRoom()
    {
        lock (sweeping)
        {
            if (swept is { } last && clock.GetElapsedTime(last) < SweepEvery) return false;
            swept = clock.GetTimestamp();
            foreach (var (old, time) in seen)
            {
                if (clock.GetElapsedTime(time) >= Memory && seen.TryRemove(old, out _)) Interlocked.Decrement(ref kept);
            }

            return Volatile.Read(ref kept) < MaxAddresses;
        }
    }
}
