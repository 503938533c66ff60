using System.Collections.Concurrent;
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

    /// <summary>How many windows are kept now.</summary>
    public int Windows => windows.Count;

    /// <summary>Counts a hit.</summary>
    /// <param name="client">Who.</param>
    /// <param name="path">What.</param>
    /// <param name="perMinute">How many hits a minute are allowed.</param>
    /// <returns>Null where it is allowed, else how long until the window ends.</returns>
    public TimeSpan? Hit(string client, string path, int perMinute) => WindowOf(client, path).Hit(clock, perMinute);

    /// <summary>Tells whether hits are used up, without counting one.</summary>
    public TimeSpan? Peek(string client, string path, int perMinute) =>
        windows.TryGetValue((client, path), out var window) ? window.Peek(clock, perMinute) : null;

    /// <summary>Answers 429.</summary>
    public static Task RefuseAsync(HttpContext http, int perMinute, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.WriteAsync(http, StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $$"""{"error":"Rate limit exceeded: {{perMinute}} per 1 minute"}"""));
    }

    private Window WindowOf(string client, string path)
    {
        Sweep();
        if (windows.TryGetValue((client, path), out var known)) return known;
        return windows.GetOrAdd(windows.Count < MaxWindows ? (client, path) : Everybody, _ => new());
    }

    private void Sweep()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref swept)) < Length || !sweeping.TryEnter()) return;
        try
        {
            Volatile.Write(ref swept, clock.GetTimestamp());
            foreach (var (key, window) in windows)
            {
                if (window.IsOver(clock)) windows.TryRemove(KeyValuePair.Create(key, window));
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

        public bool IsOver(TimeProvider clock)
        {
            lock (counting) return hits == 0 || clock.GetElapsedTime(started) >= Length;
        }

        public TimeSpan? Hit(TimeProvider clock, int perMinute)
        {
            lock (counting)
            {
                if (hits == 0 || clock.GetElapsedTime(started) >= Length) (started, hits) = (clock.GetTimestamp(), 0);
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
    }
}
