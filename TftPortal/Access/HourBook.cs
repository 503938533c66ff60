using System.Collections.Immutable;

namespace TftPortal.Access;

/// <summary>How often something happened to a client.</summary>
/// <param name="Client">Who: <c>key:</c> and its id, or an address.</param>
/// <param name="Route">Where.</param>
/// <param name="InHour">How often in this minute and the 59 before it.</param>
/// <param name="LastAt">When last.</param>
internal readonly record struct HourCount(string Client, string Route, int InHour, DateTimeOffset LastAt);

/// <summary>Counts by client and route, for an hour. Bounded: past <see cref="MaxClients"/> the quarter longest silent is forgotten. Safe for several threads.</summary>
internal sealed class HourBook(TimeProvider clock)
{
    /// <summary>How many clients and routes are remembered.</summary>
    public const int MaxClients = 1_000;

    private const int Minutes = 60;
    private readonly Lock counting = new();
    private readonly Dictionary<(string Client, string Route), Entry> entries = [];
    private long touches;

    /// <summary>How many are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (counting) return entries.Count;
        }
    }

    /// <summary>Counts one more.</summary>
    public void Add(string client, string route)
    {
        var now = clock.GetUtcNow();
        lock (counting)
        {
            if (!entries.TryGetValue((client, route), out var entry))
            {
                if (entries.Count >= MaxClients) Forget();
                entries.Add((client, route), entry = new());
            }

            entry.Add(now);
            entry.Touched = ++touches;
        }
    }

    /// <summary>Everything of the last hour, the latest first.</summary>
    public ImmutableArray<HourCount> Read()
    {
        var now = clock.GetUtcNow();
        lock (counting)
        {
            return [.. entries.Select(entry => new HourCount(entry.Key.Client, entry.Key.Route, entry.Value.InHour(now), entry.Value.LastAt))
                .Where(count => count.InHour > 0).OrderByDescending(count => count.LastAt)];
        }
    }

    // Not one by one: under a flood of addresses each new one would look through all of them.
    private void Forget()
    {
        foreach (var silent in entries.OrderBy(entry => entry.Value.Touched).Take(MaxClients / 4).Select(entry => entry.Key).ToList()) entries.Remove(silent);
    }

    private sealed class Entry
    {
        private readonly int[] counts = new int[Minutes];
        private long newest;

        public DateTimeOffset LastAt { get; private set; }

        /// <summary>Its place in the order of all: a clock's tick is too long for a flood.</summary>
        public long Touched { get; set; }

        public void Add(DateTimeOffset now)
        {
            Turn(now);
            counts[newest % Minutes]++;
            if (now > LastAt) LastAt = now;
        }

        public int InHour(DateTimeOffset now)
        {
            Turn(now);
            return counts.Sum();
        }

        private void Turn(DateTimeOffset now)
        {
            var minute = now.ToUnixTimeSeconds() / 60;
            if (minute - newest >= Minutes)
            {
                Array.Clear(counts);
                newest = minute;
            }

            for (; newest < minute; newest++) counts[(newest + 1) % Minutes] = 0;
        }
    }
}
