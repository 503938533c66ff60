using System.Collections.Concurrent;

namespace TftPortal.Access.SignIn;

/// <summary>
/// Makes guessing slow: after some failures each further one doubles the wait, for whoever failed and for nobody else. Each try counts as a failure until it has succeeded, so that many at once gain nothing.
/// Bounded: quiet entries are forgotten, and when too many come at once the further ones share one.
/// </summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>How many entries are kept at once.</summary>
    public const int MaxEntries = 50_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private long swept = clock.GetTimestamp();

    /// <summary>How many entries are kept now.</summary>
    public int Count => entries.Count;

    /// <summary>Counts a try against all of several budgets.</summary>
    /// <returns>How long to wait where one is used up; then nothing is counted.</returns>
    public TimeSpan? Try(params ReadOnlySpan<(string Who, int Free)> budgets)
    {
        Sweep();
        TimeSpan? longest = null;
        foreach (var (who, _) in budgets)
        {
            if (entries.TryGetValue(who, out var known) && known.WaitAt(clock) is { } wait && (longest is null || wait > longest)) longest = wait;
        }

        if (longest is not null) return longest;
        foreach (var (who, free) in budgets)
        {
            var entry = entries.TryGetValue(who, out var known) ? known : entries.GetOrAdd(entries.Count < MaxEntries ? who : "*", _ => new());
            if (entry.Count(clock, free) is { } wait) longest = wait;
        }

        return longest;
    }

    /// <summary>The try succeeded: the budget is full again.</summary>
    public void Clear(string who) => entries.TryRemove(who, out _);

    /// <summary>The try succeeded: it is taken back, and failures before it stay counted.</summary>
    public void TakeBack(string who)
    {
        if (entries.TryGetValue(who, out var entry)) entry.TakeBack();
    }

    private void Sweep()
    {
        var last = Volatile.Read(ref swept);
        if (clock.GetElapsedTime(last) < TimeSpan.FromMinutes(1) || Interlocked.CompareExchange(ref swept, clock.GetTimestamp(), last) != last) return;
        foreach (var (who, entry) in entries)
        {
            if (entry.IsQuiet(clock)) entries.TryRemove(KeyValuePair.Create(who, entry));
        }
    }

    private sealed class Entry
    {
        private readonly Lock counting = new();
        private int failures;
        private long last;
        private TimeSpan wait;

        public bool IsQuiet(TimeProvider clock)
        {
            lock (counting) return failures > 0 && clock.GetElapsedTime(last) >= Memory;
        }

        public TimeSpan? WaitAt(TimeProvider clock)
        {
            lock (counting) return failures > 0 && wait - clock.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero ? rest : null;
        }

        // Looks again under the lock: of many that saw no wait, one goes through.
        public TimeSpan? Count(TimeProvider clock, int free)
        {
            lock (counting)
            {
                if (failures > 0 && clock.GetElapsedTime(last) >= Memory) (failures, wait) = (0, TimeSpan.Zero);
                if (failures > 0 && wait - clock.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero) return rest;
                failures++;
                last = clock.GetTimestamp();
                wait = failures < free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures - free, 20)));
                return null;
            }
        }

        public void TakeBack()
        {
            lock (counting)
            {
                failures = Math.Max(0, failures - 1);
                wait = TimeSpan.Zero;
            }
        }
    }
}
