using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Loop;

/// <summary>When the next picture is due: at a steady pace, and a second after the last one when there is something new that must not wait.</summary>
/// <param name="pace">Time between two pictures.</param>
internal sealed class Cadence(TimeSpan pace)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private DateTimeOffset? started;
    private WindowCounts? shown;

    /// <summary>Whether a picture is due: none yet, the last one older than the pace, or than a second when servers came, left or became ready.</summary>
    public bool IsDue(DateTimeOffset now, WindowCounts counts)
    {
        if (started is not { } last || shown is not { } then) return true;
        var age = now - last;
        if (age < TimeSpan.Zero || age >= pace) return true; // below zero: the clock was set back
        return age >= Soonest && (counts.ServersTracked != then.ServersTracked || counts.ServersReady != then.ServersReady);
    }

    /// <summary>Notes that a picture is being made.</summary>
    public void Start(DateTimeOffset now, WindowCounts counts) => (started, shown) = (now, counts);
}
