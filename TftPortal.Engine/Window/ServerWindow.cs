using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>
/// One server's readings on the time grid. The steps near now are open: their readings are kept (<see cref="OpenStep"/>), so that averages and replacements are exact.
/// So is the one older step that a reading came to last, so that a backfill in order of time is exact too. Of a closed step only the values, the counts and the marks of
/// <see cref="HistoryBlock"/> remain; a late reading opens it again from there.
/// </summary>
internal sealed class ServerWindow
{
    /// <summary>Steps before the running one that are still open: 3.</summary>
    public const int OpenSteps = 3;
    /// <summary>The last steps in which a server's observed ones are counted: 288, what the model looks at.</summary>
    public const int ReadySpan = 288;

    private readonly BlockStore blocks;
    private readonly List<OpenStep> open = []; // by step
    private OpenStep? spare; // a closed one, to be used again
    private readonly float[] latest = [.. Enumerable.Repeat(float.NaN, MetricCatalog.Count)];
    private readonly long[] latestAt = [.. Enumerable.Repeat(long.MinValue, MetricCatalog.Count)];
    private ServerProfile profile;
    private ServerStatus status;
    private bool isSimulated;
    private ServerSnapshot? shared;

    /// <summary>A server of which nothing is known.</summary>
    public ServerWindow(string name) => (Name, blocks) = (name, new());

    /// <summary>A server as a snapshot has it. Every step is closed then: what that costs is in docs/decisions/window.md.</summary>
    public ServerWindow(ServerSnapshot snapshot)
    {
        (Name, profile, status, isSimulated) = (snapshot.Name, snapshot.Profile, snapshot.Status, snapshot.IsSimulated);
        snapshot.Latest.CopyTo(latest);
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            if (snapshot.LatestAt[metric] != DateTimeOffset.MinValue) latestAt[metric] = snapshot.LatestAt[metric].ToUnixTimeMilliseconds();
        }

        NewestAt = ReceivedAt = snapshot.LastSeen.ToUnixTimeMilliseconds();
        (Records, Revision) = (snapshot.Records, snapshot.Revision);
        blocks = new(snapshot.History);
    }

    /// <summary>A server as an image has it: as if it had never stopped.</summary>
    public ServerWindow(ServerImage image)
        : this(image.Snapshot)
    {
        (ReceivedAt, Timesteps, HasReal) = (image.ReceivedAt, image.Timesteps, image.HasReal);
        open.AddRange(image.Open);
        foreach (var step in open) step.IsShared = true;
    }

    /// <summary>Name of the server.</summary>
    public string Name { get; }
    /// <summary>When its newest reading was taken, milliseconds since 1970 UTC.</summary>
    public long NewestAt { get; private set; } = long.MinValue;
    /// <summary>When a reading of it last came in, milliseconds since 1970 UTC.</summary>
    public long ReceivedAt { get; private set; }
    /// <summary>How many readings it holds.</summary>
    public int Records { get; private set; }
    /// <summary>How many of the last <see cref="ReadySpan"/> steps have a reading.</summary>
    public int ObservedSteps { get; private set; }
    /// <summary>Grows with every change.</summary>
    public long Revision { get; private set; }
    /// <summary>Distinct readings since the first start.</summary>
    public long Timesteps { get; private set; }
    /// <summary>Whether any reading was not simulated.</summary>
    public bool HasReal { get; private set; }
    /// <summary>Number of the last image that has this server as it was.</summary>
    public long TakenIn { get; set; }
    /// <summary>The running step that it has moved on to.</summary>
    public long MovedTo { get; set; } = long.MinValue;

    /// <summary>Places a reading where its time belongs.</summary>
    /// <param name="grid">The time grid.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="index">Which reading of it.</param>
    /// <param name="receivedAt">Now, milliseconds since 1970 UTC.</param>
    /// <param name="revision">What the server's revision becomes if the reading changes anything.</param>
    public void Place(StepGrid grid, ReadingBatch batch, int index, long receivedAt, long revision)
    {
        ReceivedAt = receivedAt;
        HasReal |= !batch.IsSimulated;
        var time = batch.UnixMilliseconds(index);
        var values = batch.Values(index);
        var step = grid.StepOf(time);
        var running = grid.StepOf(receivedAt);
        var readings = Opened(grid, step, running);
        var isPlaced = readings.Place((int)(time - (step * grid.StepMilliseconds)), values, isNewest: time > NewestAt);
        var isNews = Remember(batch, index, time, values);
        if (!isPlaced && !isNews) return;
        Revision = revision;
        shared = null;
        if (!isPlaced) return;
        var block = blocks.Writable(step, out var offset);
        var before = block.Readings(offset);
        readings.WriteTo(block, offset);
        Records += block.Readings(offset) - before;
        Timesteps += block.Readings(offset) - before;
        if (before == 0 && step <= running && step > running - ReadySpan) ObservedSteps++;
    }

    /// <summary>Moves on to the step that runs now: seals, forgets what is past the memory, counts again.</summary>
    public void MoveTo(long running, long oldestStep)
    {
        while (open.Count > 0 && open[0].Step < running - OpenSteps) Close();
        var gone = blocks.DropBefore(oldestStep);
        if (gone > 0) shared = null;
        Records -= gone;
        ObservedSteps = blocks.Observed(running - ReadySpan + 1, running + 1);
    }

    /// <summary>The server as it is now; the same object as before when nothing changed.</summary>
    public ServerSnapshot Share() => shared ??= new()
    {
        Name = Name,
        Profile = profile,
        Status = status,
        IsSimulated = isSimulated,
        HasReal = HasReal,
        LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(NewestAt),
        Latest = [.. latest],
        LatestAt = Moments(latestAt),
        History = blocks.Share(),
        Records = Records,
        Revision = Revision,
    };

    /// <summary>The server as it must be kept; from here on its blocks and open steps are shared.</summary>
    public ServerImage Image()
    {
        foreach (var step in open) step.IsShared = true;
        return new(Share(), ReceivedAt, Timesteps, HasReal, [.. open]);
    }

    private static ImmutableArray<DateTimeOffset> Moments(long[] times)
    {
        var moments = new DateTimeOffset[times.Length];
        for (var index = 0; index < times.Length; index++)
            moments[index] = times[index] == long.MinValue ? DateTimeOffset.MinValue : DateTimeOffset.FromUnixTimeMilliseconds(times[index]);
        return ImmutableCollectionsMarshal.AsImmutableArray(moments);
    }

    private OpenStep Opened(StepGrid grid, long step, long running)
    {
        var index = open.FindIndex(readings => readings.Step >= step);
        if (index >= 0 && open[index].Step == step) return open[index] = open[index].IsShared ? open[index].Copy() : open[index];
        var oldest = running - OpenSteps;
        if (step < oldest && open.Count > 0 && open[0].Step < oldest) Close();
        var opened = spare ?? new();
        spare = null;
        opened.Resume(grid, step, blocks.Find(step, out var offset), offset, NewestAt);
        index = open.FindIndex(readings => readings.Step > step);
        open.Insert(index < 0 ? open.Count : index, opened);
        return opened;
    }

    private void Close()
    {
        if (!open[0].IsShared) spare = open[0];
        open.RemoveAt(0);
    }

    private bool Remember(ReadingBatch batch, int index, long time, ReadOnlySpan<float> values)
    {
        var isNews = false;
        for (var metric = 0; metric < MetricCatalog.Count; metric++)
        {
            if (float.IsNaN(values[metric]) || time < latestAt[metric]) continue;
            isNews |= time > latestAt[metric] || values[metric] != latest[metric];
            latest[metric] = values[metric];
            latestAt[metric] = time;
        }

        if (time < NewestAt) return isNews;
        var now = (time, batch.Profile(index), batch.Status(index), batch.IsSimulated);
        isNews |= now != (NewestAt, profile, status, isSimulated);
        (NewestAt, profile, status, isSimulated) = now;
        return isNews;
    }
}
