namespace TftPortal.Agent.Posting;

/// <summary>
/// How long to wait after failures in a row: twice as long each time, up to a minute, and by chance only half of it,
/// so that the agents of a fleet do not all come back in the same second.
/// </summary>
/// <param name="seed">Makes the chance repeatable, and different from host to host.</param>
internal sealed class BackOff(int seed)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait that the portal may ask for: an hour's mistake there shall not silence a host for a week.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>The wait where only a person can put it right.</summary>
    private static readonly TimeSpan Denied = TimeSpan.FromMinutes(2);

#pragma warning disable CA5394 // spreads retries in time; nothing secret comes of it
    private readonly Random chance = new(seed);
#pragma warning restore CA5394
    private int failures;

    /// <summary>The wait after an answer that left the batch waiting.</summary>
    public TimeSpan After(FeedAnswer answer)
    {
        failures++;
        if (answer.RetryAfter is { } asked) return Clamp(asked, LongestAsked) + (Chance() * First); // never earlier than asked
        if (answer.Outcome == FeedOutcome.Denied) return Spread(Denied);
        return Spread(Clamp(First * Math.Pow(2, Math.Min(failures - 1, 16)), Longest));
    }

    /// <summary>All is well again.</summary>
    public void Reset() => failures = 0;

    private static TimeSpan Clamp(TimeSpan wait, TimeSpan longest) => wait < longest ? wait : longest;

    private TimeSpan Spread(TimeSpan wait) => wait * (0.5 + (Chance() / 2));

#pragma warning disable CA5394 // as above
    private double Chance() => chance.NextDouble();
#pragma warning restore CA5394
}
