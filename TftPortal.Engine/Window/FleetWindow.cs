using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.Engine.Window;

/// <summary>The readings of the whole fleet on the time grid. It belongs to one thread at a time: the loop's.</summary>
internal sealed class FleetWindow(WindowLimits limits)
{
    private const int AtOnce = 1_000, ABatch = 50, Slice = 500; // servers that move to a new step when it begins, with every batch, and whenever nothing waits: 2 ms at most

    private readonly Dictionary<string, ServerWindow> servers = new(StringComparer.Ordinal);
    private readonly Refusals refusals = new(limits);
    private long running = long.MinValue;
    private long revision;
    private long records;
    private int ready;
    private int deepest, deepestBefore; // of the servers that have moved to the running step, and of all in the step before
    private StepTurn turn = StepTurn.None;
    private ServerWindow[]? byName; // null once a server came or left
    private long tick;
    private long images;
    private ImageTaking? taking;

    /// <summary>How many of what it holds.</summary>
    public WindowCounts Counts => new(tick, (int)Math.Min(records, int.MaxValue), servers.Count, ready, turn.IsOver ? deepest : Math.Max(deepest, deepestBefore), limits.RequiredSteps);

    /// <summary>Goes on from a snapshot; the window is still empty.</summary>
    /// <param name="snapshots">The servers as they were.</param>
    /// <param name="batches">How many batches they were made of.</param>
    /// <param name="now">The time.</param>
    public void Resume(IEnumerable<ServerSnapshot> snapshots, long batches, DateTimeOffset now)
    {
        foreach (var snapshot in snapshots)
        {
            Add(new(snapshot));
            revision = Math.Max(revision, snapshot.Revision);
        }

        tick = batches;
        Recount();
        MoveTo(now);
        Move(int.MaxValue);
    }

    /// <summary>Goes on from an image; the window is still empty.</summary>
    public void Resume(WindowImage image)
    {
        foreach (var server in image.Servers)
        {
            Add(new(server));
            revision = Math.Max(revision, server.Snapshot.Revision);
        }

        tick = image.Tick;
        Recount();
        MoveTo(image.Time); // and not to now: what is replayed comes first
        Move(int.MaxValue);
    }

    /// <summary>The window as it must be kept: the servers with a reading that was not simulated.</summary>
    /// <param name="now">The time.</param>
    public WindowImage Image(DateTimeOffset now) => BeginImage(now).Finish();

    /// <summary>The same, taken in slices while the window goes on. One at a time: the one before is let go.</summary>
    /// <param name="now">The time.</param>
    public ImageTaking BeginImage(DateTimeOffset now)
    {
        taking?.LetGo();
        MoveTo(now);
        Move(int.MaxValue);
        return taking = new(now, limits.Grid, tick, ++images, servers.Values);
    }

    /// <summary>The servers that send now, and yet nothing newer than so long ago: their clocks are behind, or they send their past.</summary>
    public IEnumerable<ServerWindow> Behind(DateTimeOffset now, TimeSpan since)
    {
        var recently = (now - since).ToUnixTimeMilliseconds();
        return servers.Values.Where(server => server.ReceivedAt > recently && server.NewestAt < recently);
    }

    /// <summary>Places a batch's readings; those that it can't take are named in the receipt and harm no other.</summary>
    /// <param name="batch">Validated readings.</param>
    /// <param name="now">The time; usually the clock's, in training the series' own.</param>
    public IntakeReceipt Apply(ReadingBatch batch, DateTimeOffset now)
    {
        MoveTo(now);
        Move(ABatch);
        tick++;
        List<RefusedReading>? refused = null;
        for (var index = 0; index < batch.Count; index++)
        {
            if (Place(batch, index, now) is { } refusal) (refused ??= []).Add(refusal);
        }

        return new(Counts, refused ?? []);
    }

    /// <summary>The window as it is now. Servers that did not change since the last one are the same objects.</summary>
    public WindowSnapshot Snapshot(DateTimeOffset now)
    {
        MoveTo(now);
        Move(int.MaxValue);
        byName ??= [.. servers.Values.OrderBy(server => server.Name, StringComparer.Ordinal)];
        return new(now, limits.Grid, [.. byName.Select(server => server.Share())], Counts);
    }

    /// <summary>Moves some servers on to a step that began lately: whenever nothing waits.</summary>
    /// <returns>Whether more are left.</returns>
    public bool MoveMore()
    {
        Move(Slice);
        return !turn.IsOver;
    }

    private RefusedReading? Place(ReadingBatch batch, int index, DateTimeOffset now)
    {
        var nowMilliseconds = now.ToUnixTimeMilliseconds();
        var ahead = batch.UnixMilliseconds(index) - nowMilliseconds;
        if (ahead > limits.MaxAhead.TotalMilliseconds) return new(index, "timestamp", refusals.AheadOf(ahead));
        if (-ahead > limits.Memory.TotalMilliseconds) return new(index, "timestamp", refusals.OlderBy(-ahead));

        var name = batch.Server(index);
        if (servers.TryGetValue(name, out var server) && !Moves(server)) server = null; // it was silent for so long that it begins anew
        if (server is null)
        {
            if (servers.Count >= limits.MaxServers) Move(int.MaxValue); // of the silent ones some may still leave
            if (servers.Count >= limits.MaxServers) return new(index, "server_name", refusals.Full());
            Add(server = new(name) { TakenIn = images, MovedTo = running }); // an image that is being taken began without it
        }
        else if (taking is { IsOver: false })
        {
            taking.Take(server);
        }

        var (records0, observed0) = (server.Records, server.ObservedSteps);
        server.Place(limits.Grid, batch, index, nowMilliseconds, revision + 1);
        revision++;
        records += server.Records - records0;
        if (observed0 < limits.RequiredSteps && server.ObservedSteps >= limits.RequiredSteps) ready++;
        deepest = Math.Max(deepest, server.ObservedSteps);
        return null;
    }

    /// <summary>Once a step, not once a batch: everything that time alone changes. The servers follow by <see cref="Move"/>.</summary>
    private void MoveTo(DateTimeOffset now)
    {
        var step = limits.Grid.StepOf(now);
        if (step == running) return;
        Move(int.MaxValue); // the step before, where its turn is not over
        running = step;
        (deepest, deepestBefore) = (0, deepest);
        turn = new(limits.Grid.StepOf(now - limits.Memory), (now - limits.ForgetSilent).ToUnixTimeMilliseconds(), servers.Values);
        Move(AtOnce);
    }

    private void Move(int count)
    {
        if (turn.IsOver) return;
        foreach (var server in turn.Next(count)) Moves(server);
    }

    /// <summary>Moves a server on to the running step, unless it has moved; false where it leaves instead.</summary>
    private bool Moves(ServerWindow server)
    {
        if (server.MovedTo == running) return true;
        if (taking is { IsOver: false }) taking.Take(server); // the image is of a moment before
        server.MovedTo = running;
        records -= server.Records;
        if (server.ObservedSteps >= limits.RequiredSteps) ready--;
        if (turn.IsSilent(server))
        {
            servers.Remove(server.Name);
            byName = null;
            return false;
        }

        server.MoveTo(running, turn.OldestStep);
        records += server.Records;
        if (server.ObservedSteps >= limits.RequiredSteps) ready++;
        deepest = Math.Max(deepest, server.ObservedSteps);
        return true;
    }

    private void Add(ServerWindow server)
    {
        servers.Add(server.Name, server);
        byName = null;
    }

    private void Recount()
    {
        running = long.MinValue;
        (records, ready) = (servers.Values.Sum(server => (long)server.Records), servers.Values.Count(server => server.ObservedSteps >= limits.RequiredSteps));
    }
}
