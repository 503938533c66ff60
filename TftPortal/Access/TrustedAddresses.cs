using System.Collections.Concurrent;

namespace TftPortal.Access;

/// <summary>
/// Addresses that a valid key came from within the last hour. One misconfigured agent that keeps sending a wrong key must not lock out its neighbours behind the same address;
/// but an address that has only ever guessed is answered 429 even if its next guess is right. Bounded.
/// </summary>
internal sealed class TrustedAddresses(TimeProvider clock)
{
    private const int MaxAddresses = 50_000;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);

    public void Trust(string address)
    {
        if (seen.Count >= MaxAddresses)
        {
            foreach (var (old, time) in seen)
            {
                if (clock.GetElapsedTime(time) >= Memory) seen.TryRemove(old, out _);
            }

            if (seen.Count >= MaxAddresses) return;
        }

        seen[address] = clock.GetTimestamp();
    }

    public bool IsTrusted(string address) => seen.TryGetValue(address, out var time) && clock.GetElapsedTime(time) < Memory;
}
