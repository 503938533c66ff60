using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>Writes what is new in a picture: steps that have ended or changed, alerts, the fleet's figures. Of the real servers, or of the simulated ones.</summary>
internal sealed class HistoryWriter(HistoryStore store, bool isSimulated)
{
    private readonly StepLedger steps = new();
    private readonly AlertLedger alerts = new();
    private readonly Dictionary<Guid, AlertRecord> unwritten = [];
    private FleetMoment? moment;

    /// <summary>Goes on from what is on disk. Before the first picture is written.</summary>
    /// <param name="picture">The first picture: what the window holds may be on disk already, and may not.</param>
    /// <param name="stop">Ends it.</param>
    public void Recall(FleetOutlook picture, CancellationToken stop)
    {
        store.Resume();
        if (isSimulated) return; // its folder is empty
        using var duck = store.Open(threads: 1);
        alerts.Recall(OpenAlerts.Read(store, duck, DayOf(picture.Time), stop));
        var servers = Own(picture);
        var running = picture.FirstStep - 1;
        foreach (var (day, from, until) in Days(servers, picture.Grid, running))
        {
            stop.ThrowIfCancellationRequested();
            var known = StepsOnDisk.Read(store, duck, day, picture.Grid, servers, stop);
            WriteSteps(day, [.. steps.Changed(servers, from, until).Where(changed => !known(changed))], picture.Grid);
        }

        steps.Wrote(servers, running);
    }

    /// <summary>Writes what is new. After a failure the same is new again.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(FleetOutlook picture)
    {
        foreach (var alert in alerts.Review(picture, IsOwn)) unwritten[alert.Id] = alert;
        foreach (var day in unwritten.Values.GroupBy(alert => DayOf(alert.StartedAt)).ToList())
        {
            var part = store.NextPart();
            store.Write(HistoryTable.Alerts, day.Key, part, rows => { foreach (var alert in day) HistoryRows.Append(rows.CreateRow(), alert, part); });
            foreach (var alert in day) unwritten.Remove(alert.Id);
        }

        var next = picture.Servers.Any(server => IsSimulated(server.Server)) == isSimulated ? FleetMoment.Of(picture) : null;
        if (moment is not null && moment.Time != next?.Time) WriteMoment();
        moment = next ?? moment;

        var running = picture.FirstStep - 1;
        var servers = Own(picture);
        if (running <= steps.Until && !IsBackfilled(servers)) return;
        foreach (var (day, from, until) in Days(servers, picture.Grid, running)) WriteSteps(day, [.. steps.Changed(servers, from, until)], picture.Grid);
        steps.Wrote(servers, running);
    }

    /// <summary>Writes what waited for its step to end.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void WriteMoment()
    {
        if (moment is not { } last) return;
        var part = store.NextPart();
        store.Write(HistoryTable.Fleet, DayOf(last.Time), part, rows => HistoryRows.Append(rows.CreateRow(), last, part));
        moment = null;
    }

    // Readings that come a moment late wait for the running step to end; a past that is sent afterwards does not.
    private bool IsBackfilled(ImmutableArray<ServerSnapshot> servers) => steps.Changed(servers, long.MinValue, steps.Until).Skip(20 + (2 * servers.Length)).Any();

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static IEnumerable<(DateOnly Day, long From, long Until)> Days(ImmutableArray<ServerSnapshot> servers, StepGrid grid, long running)
    {
        if (servers.IsEmpty) yield break;
        var oldest = servers.Min(server => server.History.OldestStep);
        for (var day = DayOf(grid.StartOf(oldest)); ; day = day.AddDays(1))
        {
            // A step belongs to the day that it begins in.
            var from = FirstStepOf(day, grid);
            if (from >= running) yield break;
            yield return (day, from, Math.Min(running, FirstStepOf(day.AddDays(1), grid)));
        }
    }

    private static long FirstStepOf(DateOnly day, StepGrid grid)
    {
        var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var step = grid.StepOf(midnight);
        return grid.StartOf(step) < midnight ? step + 1 : step;
    }

    private void WriteSteps(DateOnly day, List<ChangedStep> changed, StepGrid grid)
    {
        if (changed.Count == 0) return;
        var part = store.NextPart();
        store.Write(HistoryTable.Steps, day, part, rows => { foreach (var step in changed) HistoryRows.Append(rows.CreateRow(), step, grid, part); });
    }

    private ImmutableArray<ServerSnapshot> Own(FleetOutlook picture) =>
        [.. picture.Servers.Select(server => server.Server).Where(server => IsSimulated(server) == isSimulated).OrderBy(server => server.Name, StringComparer.Ordinal)];

    private bool IsOwn(Alert alert, FleetOutlook picture) => (picture.ByName.TryGetValue(alert.Server, out var server) && IsSimulated(server.Server)) == isSimulated;

    // Real once, real for good: a server that both send must not move to and fro.
    private static bool IsSimulated(ServerSnapshot server) => server.IsSimulated && !server.HasReal;
}
