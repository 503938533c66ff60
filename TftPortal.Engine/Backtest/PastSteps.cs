using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Publishing;

namespace TftPortal.Engine.Backtest;

/// <summary>What servers measured, from the history, and from the newest picture what the history has not got yet. Only steps that have ended.</summary>
internal sealed class PastSteps(HistoryArchive archive, OutlookFeed feed)
{
    /// <summary>Who sent something in some time, by name.</summary>
    /// <exception cref="HistoryUnavailableException">It can't be read.</exception>
    public async Task<ImmutableArray<SeenServer>> ServersAsync(long from, long until, CancellationToken stop)
    {
        var picture = feed.Latest;
        var servers = (await archive.SeenAsync(Range(picture.Grid, from, until), stop)).ToDictionary(server => server.Name, StringComparer.Ordinal);
        foreach (var server in picture.Servers.Select(server => server.Server))
        {
            if (Steps(server.History, from, Ended(picture, until)).Any()) servers[server.Name] = new(server.Name, server.Profile);
        }

        return [.. servers.Values.OrderBy(server => server.Name, StringComparer.Ordinal)];
    }

    /// <summary>The steps of some servers, in their order, each as one reading at its end: what is known when it is over.</summary>
    /// <exception cref="HistoryUnavailableException">It can't be read.</exception>
    public async Task<ReadingBatch> ReadAsync(long from, long until, IReadOnlyCollection<string> servers, CancellationToken stop)
    {
        var picture = feed.Latest;
        var kept = await archive.StepsAsync(Range(picture.Grid, from, until), servers, stop);
        var rows = Enumerable.Range(0, kept.Count).Select(row => (Step: picture.Grid.StepOf(kept.UnixMilliseconds(row)), Server: kept.Server(row), Row: row)).ToList();
        var known = rows.Select(row => (row.Step, row.Server)).ToHashSet();
        foreach (var name in servers)
        {
            if (!picture.ByName.TryGetValue(name, out var server)) continue;
            rows.AddRange(Steps(server.Server.History, from, Ended(picture, until)).Where(step => known.Add((step, name))).Select(step => (step, name, -1)));
        }

        var batch = new ReadingBatch(Math.Max(1, rows.Count));
        var values = new float[MetricCatalog.Count];
        foreach (var (step, server, row) in rows.OrderBy(row => row.Step))
        {
            var at = ((step + 1) * picture.Grid.StepMilliseconds) - 1;
            if (row >= 0)
            {
                batch.Add(server, at, kept.Profile(row), kept.Status(row), kept.Values(row));
                continue;
            }

            var now = picture.ByName[server].Server;
            for (var metric = 0; metric < values.Length; metric++) values[metric] = now.History.At((Metric)metric, step);
            batch.Add(server, at, now.Profile, ServerStatus.Healthy, values);
        }

        return batch;
    }

    private static long Ended(FleetOutlook picture, long until) => Math.Min(until, picture.FirstStep - 1);

    private static IEnumerable<long> Steps(ServerHistory history, long from, long until)
    {
        for (var step = Math.Max(from, history.OldestStep); step < Math.Min(until, history.EndStep); step++)
        {
            if (history.ReadingsIn(step) > 0) yield return step;
        }
    }

    private static HistoryRange Range(StepGrid grid, long from, long until) => new(grid.StartOf(from), grid.StartOf(until));
}
