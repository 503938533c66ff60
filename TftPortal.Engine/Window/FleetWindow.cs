using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.Engine.Window;

/// <summary>The readings of the whole fleet on the time grid. It belongs to one thread at a time: the loop's.</summary>
internal sealed class FleetWindow(WindowLimits limits)
{
    private readonly Dictionary<string, ServerWindow> servers = new(StringComparer.Ordinal);
    private long running = long.MinValue;
    private long revision;
    private long records;
    private int ready;
    private int deepest;
    private long tick;
    private long images;
    private ImageTaking? taking;

    /// <summary>How many of what it holds.</summary>
    public WindowCounts Counts => new(tick, (int)Math.Min(records, int.MaxValue), servers.Count, ready, deepest, limits.RequiredSteps);

    /// <summary>Goes on from a snapshot; the window is still empty.</summary>
    /// <param name="snapshots">The servers as they were.</param>
    /// <param name="batches">How many batches they were made of.</param>
    /// <param name="now">The time.</param>
    public void Resume(IEnumerable<ServerSnapshot> snapshots, long batches, DateTimeOffset now)
    {
        foreach (var snapshot in snapshots)
        {
            servers.Add(snapshot.Name, new(snapshot));
            revision = Math.Max(revision, snapshot.Revision);
        }

        tick = batches;
        running = long.MinValue;
        MoveTo(now);
    }

    /// <summary>Goes on from an image; the window is still empty.</summary>
    public void Resume(WindowImage image)
    {
        foreach (var server in image.Servers)
        {
            servers.Add(server.Snapshot.Name, new ServerWindow(server));
            revision = Math.Max(revision, server.Snapshot.Revision);
        }

        tick = image.Tick;
        running = long.MinValue;
        MoveTo(image.Time); // and not to now: what is replayed comes first
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
        return new(now, limits.Grid, [.. servers.Values.Select(server => server.Share()).OrderBy(server => server.Name, StringComparer.Ordinal)], Counts);
    }

    private RefusedReading? Place(ReadingBatch batch, int index, DateTimeOffset now)
    {
        var nowMilliseconds = now.ToUnixTimeMilliseconds();
        var ahead = batch.UnixMilliseconds(index) - nowMilliseconds;
        if (ahead > limits.MaxAhead.TotalMilliseconds) return new(index, "timestamp", AheadOf(ahead));
        if (-ahead > limits.Memory.TotalMilliseconds) return new(index, "timestamp", OlderBy(-ahead));

        var name = batch.Server(index);
        if (!servers.TryGetValue(name, out var server))
        {
            if (servers.Count >= limits.MaxServers) return new(index, "server_name", Full());
            servers.Add(name, server = new ServerWindow(name) { TakenIn = images }); // an image that is being taken began without it
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

    /// <summary>Once a step, not once a batch: everything that time alone changes.</summary>
    private void MoveTo(DateTimeOffset now)
    {
        var step = limits.Grid.StepOf(now);
        if (step == running) return;
        running = step;
        taking?.Take(int.MaxValue);
        var oldestStep = limits.Grid.StepOf(now - limits.Memory);
        var silentBefore = (now - limits.ForgetSilent).ToUnixTimeMilliseconds();
        (records, ready, deepest) = (0, 0, 0);
        foreach (var (name, server) in servers)
        {
            // By when it was received, too: a server whose past is being backfilled is not silent.
            if (Math.Max(server.NewestAt, server.ReceivedAt) < silentBefore)
            {
                servers.Remove(name);
                continue;
            }

            server.MoveTo(step, oldestStep);
            records += server.Records;
            if (server.ObservedSteps >= limits.RequiredSteps) ready++;
            deepest = Math.Max(deepest, server.ObservedSteps);
        }
    }

    private string AheadOf(double milliseconds) => string.Create(CultureInfo.InvariantCulture,
        $"is {TimeSpan.FromMilliseconds(milliseconds).TotalMinutes:0.##} minutes ahead of this clock; at most {limits.MaxAhead.TotalMinutes:0.##} minutes are allowed (Engine:MaxAheadMinutes)");

    private string OlderBy(double milliseconds) => string.Create(CultureInfo.InvariantCulture,
        $"is {TimeSpan.FromMilliseconds(milliseconds).TotalDays:0.##} days old; at most {limits.Memory.TotalDays:0.##} days are allowed (Engine:MemoryDays)");

    private string Full() => string.Create(CultureInfo.InvariantCulture,
        $"is a new server, and the window already holds the {limits.MaxServers:N0} that it may (Engine:MaxServers)");
}
