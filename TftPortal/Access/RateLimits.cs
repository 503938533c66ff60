using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace TftPortal.Access;

/// <summary>
/// Counts hits in fixed windows of one minute; a window starts at its first hit. Bounded: over windows are forgotten,
/// and when more clients than <see cref="MaxWindows"/> come in a minute, the further ones share a window.
/// </summary>
internal sealed class RateLimits(TimeProvider clock)
{
    /// <summary>How many windows are kept at once.</summary>
    public const int MaxWindows = 50_000;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private static readonly (string, string) Everybody = ("*", "*");
    private readonly ConcurrentDictionary<(string Client, string Path), Window> windows = new();
    private readonly Lock sweeping = new();
    private long swept = clock.GetTimestamp();
    private int kept; // the dictionary's own count locks all of it, too dear for each newcomer of a flood

    /// <summary>How many windows are kept now.</summary>
    public int Windows => windows.Count;

    /// <summary>Who was refused for too many hits within the last hour.</summary>
    public HourBook Refusals { get; } = new(clock);

    /// <summary>Counts a hit.</summary>
    /// <param name="client">Who.</param>
    /// <param name="path">What.</param>
    /// <param name="perMinute">How many hits a minute are allowed.</param>
    /// <returns>Null where it is allowed, else how long until the window ends.</returns>
    public TimeSpan? Hit(string client, string path, int perMinute) => Refused(client, path, WindowOf(client, path).Hit(clock, perMinute));

    /// <summary>Tells whether hits are used up, without counting one.</summary>
    public TimeSpan? Peek(string client, string path, int perMinute) =>
        windows.TryGetValue((client, path), out var window) ? Refused(client, path, window.Peek(clock, perMinute)) : null;

    /// <summary>The windows that run now, the fullest first.</summary>
    /// <param name="size">At most so many.</param>
    public ImmutableArray<RunningWindow> Running(int size) =>
        [.. windows.Select(pair => pair.Value.Picture(pair.Key.Client, pair.Key.Path, clock)).OfType<RunningWindow>()
            .OrderByDescending(window => (double)window.Hits / window.Limit).ThenBy(window => window.Client, StringComparer.Ordinal).Take(size)];

    /// <summary>Answers 429.</summary>
    public static Task RefuseAsync(HttpContext http, int perMinute, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.WriteAsync(http, StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $$"""{"error":"Rate limit exceeded: {{perMinute}} per 1 minute"}"""));
    }

    private TimeSpan? Refused(string client, string path, TimeSpan? wait)
    {
        if (wait is not null) Refusals.Add(client, path);
        return wait;
    }

    private Window WindowOf(string client, string path)
    {
        Sweep();
        if (windows.TryGetValue((client, path), out var known)) return known;
        var place = Volatile.Read(ref kept) < MaxWindows ? (client, path) : Everybody;
        if (windows.TryGetValue(place, out known)) return known;
        var made = new Window();
        if (!windows.TryAdd(place, made)) return windows.GetValueOrDefault(place, made); // another request of the same client was first
        Interlocked.Increment(ref kept);
        return made;
    }

    private void Sweep()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref swept)) < Length || !sweeping.TryEnter()) return;
        try
        {
            Volatile.Write(ref swept, clock.GetTimestamp());
            foreach (var (key, window) in windows)
            {
                if (window.IsOver(clock) && windows.TryRemove(KeyValuePair.Create(key, window))) Interlocked.Decrement(ref kept);
            }
        }
        finally
        {
            sweeping.Exit();
        }
    }

    private sealed class Window
    {
        private readonly Lock counting = new();
        private long started;
        private int hits;
        private int limit;

        public bool IsOver(TimeProvider clock)
        {
            lock (counting) return hits == 0 || clock.GetElapsedTime(started) >= Length;
        }

        public TimeSpan? Hit(TimeProvider clock, int perMinute)
        {
            lock (counting)
            {
                if (hits == 0 || clock.GetElapsedTime(started) >= Length) (started, hits) = (clock.GetTimestamp(), 0);
                limit = perMinute;
                if (hits >= perMinute) return Length - clock.GetElapsedTime(started);
                hits++;
                return null;
            }
        }

        public TimeSpan? Peek(TimeProvider clock, int perMinute)
        {
            lock (counting)
            {
                var elapsed = clock.GetElapsedTime(started);
                return hits >= perMinute && elapsed < Length ? Length - elapsed : null;
            }
        }

        public RunningWindow? Picture(string client, string path, TimeProvider clock)
        {
            lock (counting)
            {
                var elapsed = clock.GetElapsedTime(started);
                return hits == 0 || elapsed >= Length ? null : new(client, path, hits, limit, Length - elapsed);
            }
        }
    }
}

/// <summary>A window that runs.</summary>
/// <param name="Client">Who: <c>key:</c> and its id, or an address; <c>*</c> for all that no window was left for.</param>
/// <param name="Route">Where; <c>(wrong keys)</c> for keys that are none.</param>
/// <param name="Hits">Hits counted.</param>
/// <param name="Limit">Hits allowed a minute.</param>
/// <param name="EndsIn">How long until the next may begin.</param>
internal sealed record RunningWindow(string Client, string Route, int Hits, int Limit, TimeSpan EndsIn);
