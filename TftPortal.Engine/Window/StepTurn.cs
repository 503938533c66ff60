namespace TftPortal.Engine.Window;

/// <summary>
/// The servers' move to a step that has begun, a few at a time: a server that a reading comes to moves first. All of it at once would make every reading of a large fleet wait.
/// Belongs to the loop, as the window does.
/// </summary>
/// <param name="oldestStep">The oldest step that is remembered.</param>
/// <param name="silentBefore">Who was last heard before this leaves, milliseconds since 1970 UTC.</param>
/// <param name="servers">The servers when it began.</param>
internal sealed class StepTurn(long oldestStep, long silentBefore, IEnumerable<ServerWindow> servers)
{
    private ServerWindow[] order = [.. servers];
    private int next;

    /// <summary>None is under way.</summary>
    public static StepTurn None => new(long.MinValue, long.MinValue, []);

    /// <summary>The oldest step that is remembered.</summary>
    public long OldestStep => oldestStep;

    /// <summary>Whether every server had its turn.</summary>
    public bool IsOver => next == order.Length;

    /// <summary>Whether a server has been silent for too long. By when its readings were received, too: one whose past is being backfilled is not silent.</summary>
    public bool IsSilent(ServerWindow server) => Math.Max(server.NewestAt, server.ReceivedAt) < silentBefore;

    /// <summary>The next servers.</summary>
    /// <param name="count">How many at most.</param>
    public ReadOnlySpan<ServerWindow> Next(int count)
    {
        var taken = order.AsSpan(next, Math.Min(count, order.Length - next));
        next += taken.Length;
        if (IsOver) (order, next) = ([], 0);
        return taken;
    }
}
