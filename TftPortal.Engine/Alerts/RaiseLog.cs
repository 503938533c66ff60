using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Alerts;

/// <summary>What was raised lately, so that an alert that comes and goes is told apart. Bounded by what can be raised in 2 hours.</summary>
internal sealed class RaiseLog
{
    /// <summary>From so many times within <see cref="Memory"/> on, an alert flaps.</summary>
    public const int Flapping = 3;

    /// <summary>A flapping alert must be quiet for so many times as long before it clears.</summary>
    public const int Patience = 3;

    /// <summary>How long a raise counts.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(2);

    private readonly Queue<AlertRaise> raises = new();
    private readonly Dictionary<(string Server, string Metric), int> times = []; // how often each is in the queue: a storm raises thousands at once

    /// <summary>All of them, the oldest first.</summary>
    public ImmutableArray<AlertRaise> All => [.. raises];

    /// <summary>Goes on from what was known before a restart.</summary>
    public void Recall(IEnumerable<AlertRaise> earlier)
    {
        foreach (var raise in earlier) Add(raise);
    }

    /// <summary>Drops what is older than <see cref="Memory"/>, and what a clock that was set back has put in the future.</summary>
    public void Forget(DateTimeOffset now)
    {
        while (raises.TryPeek(out var oldest) && (now - oldest.At > Memory || oldest.At > now))
        {
            raises.Dequeue();
            var of = (oldest.Server, oldest.Metric);
            if (--times[of] == 0) times.Remove(of);
        }
    }

    /// <summary>Adds one.</summary>
    /// <returns>How many of the same there are now.</returns>
    public int Add(string server, string metric, DateTimeOffset now) => Add(new(server, metric, now));

    private int Add(AlertRaise raise)
    {
        raises.Enqueue(raise);
        var of = (raise.Server, raise.Metric);
        return times[of] = times.GetValueOrDefault(of) + 1;
    }
}
