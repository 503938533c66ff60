using System.Collections.Immutable;
using Parquet;
using Parquet.Schema;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>Reads a state file of format 2.0 with Parquet.Net, which loops for ever on some damaged footers: only for files whose hash is known.</summary>
internal static class SnapshotReader
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written, or of another format.</exception>
    public static async Task<(WindowImage Image, SnapshotMetadata Metadata)> ReadAsync(Stream input)
    {
        await using var file = await ParquetReader.CreateAsync(input, leaveStreamOpen: true);
        var metadata = SnapshotMetadata.From(file.CustomMetadata);
        var servers = ImmutableArray.CreateBuilder<ServerImage>(Math.Max(0, metadata.Servers));
        for (var index = 0; index < file.RowGroupCount; index++) servers.AddRange(await ReadAsync(file.OpenRowGroupReader(index), metadata.Grid));
        if (servers.Count != metadata.Servers) throw new InvalidDataException($"the file has {servers.Count} servers and not {metadata.Servers}");
        return (new(metadata.Time, metadata.Grid, metadata.Tick, servers.ToImmutable()), metadata);
    }

    private static async Task<IEnumerable<ServerImage>> ReadAsync(ParquetRowGroupReader group, StepGrid grid)
    {
        var rows = (int)group.RowCount;
        var (names, profiles, statuses) = (new string?[rows], new string?[rows], new string?[rows]);
        await group.ReadAsync(SnapshotLayout.Name, names.AsMemory());
        await group.ReadAsync(SnapshotLayout.Profile, profiles.AsMemory());
        await group.ReadAsync(SnapshotLayout.Status, statuses.AsMemory());
        var simulated = await ColumnAsync<bool>(group, SnapshotLayout.Simulated);
        var seen = await ColumnAsync<long>(group, SnapshotLayout.LastSeen);
        var received = await ColumnAsync<long>(group, SnapshotLayout.Received);
        var revisions = await ColumnAsync<long>(group, SnapshotLayout.Revision);
        var timesteps = await ColumnAsync<long>(group, SnapshotLayout.Timesteps);
        var records = await ColumnAsync<int>(group, SnapshotLayout.Records);
        var starts = await ColumnAsync<long>(group, SnapshotLayout.FirstStep);
        var servers = new RestoredServer[rows];
        for (var row = 0; row < rows; row++)
            servers[row] = new(grid, names[row]!, profiles[row]!, statuses[row]!, simulated[row], seen[row], received[row], revisions[row], timesteps[row], records[row], starts[row]);

        await ForEachAsync(group, SnapshotLayout.Latest, float.NaN, servers, (server, values) => server.Latest(values));
        await ForEachAsync(group, SnapshotLayout.LatestAt, long.MinValue, servers, (server, times) => server.LatestAt(times));
        foreach (var metric in MetricCatalog.All)
            await ForEachAsync(group, SnapshotLayout.Metrics[(int)metric.Metric], float.NaN, servers, (server, values) => server.Values(metric.Metric, values));
        var readings = await ListsAsync(group, SnapshotLayout.Readings, 0, rows);
        var marks = await ListsAsync(group, SnapshotLayout.Marks, 0L, rows);
        for (var row = 0; row < rows; row++) servers[row].Readings(readings[row], marks[row]);
        await ForEachAsync(group, SnapshotLayout.MetricReadings, 0, servers, (server, counts) => server.ReadingsOfMetrics(counts));
        var open = new byte[]?[rows];
        await group.ReadAsync(SnapshotLayout.Open, open.AsMemory());
        var hashes = await ColumnAsync<long>(group, SnapshotLayout.RowHash);
        return servers.Select((server, row) =>
        {
            server.Open(open[row]!);
            return server.Complete(hashes[row]);
        });
    }

    private delegate void Take<T>(RestoredServer server, Span<T> values);

    private static async Task<T[]> ColumnAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct
    {
        var column = new T[group.RowCount];
        await group.ReadAsync<T>(field, column.AsMemory());
        return column;
    }

    private static async Task ForEachAsync<T>(ParquetRowGroupReader group, ListField list, T missing, RestoredServer[] servers, Take<T> take)
        where T : struct
    {
        var lists = await ListsAsync(group, list, missing, servers.Length);
        for (var row = 0; row < servers.Length; row++) take(servers[row], lists[row]);
    }

    private static async Task<T[][]> ListsAsync<T>(ParquetRowGroupReader group, ListField list, T missing, int rows)
        where T : struct
    {
        var element = SnapshotLayout.ElementOf(list);
        var entries = (int)(group.GetMetadata(element)?.MetaData?.NumValues ?? 0);
        var (values, definitions, repetitions) = (new T[entries], new int[entries], new int[entries]);
        await group.ReadRawAsync<T>(element, values, definitions, repetitions);
        return Lists(values, definitions, repetitions, element.MaxDefinitionLevel, missing, rows);
    }

    private static T[][] Lists<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> definitions, ReadOnlySpan<int> repetitions, int present, T missing, int rows)
        where T : struct
    {
        var lists = new T[rows][];
        var (entry, next) = (0, 0);
        for (var row = 0; row < rows; row++)
        {
            var start = entry++;
            while (entry < repetitions.Length && repetitions[entry] > 0) entry++;
            if (definitions[start] < 2) // an empty list
            {
                lists[row] = [];
                continue;
            }

            var filled = lists[row] = new T[entry - start];
            for (var index = 0; index < filled.Length; index++) filled[index] = definitions[start + index] == present ? values[next++] : missing;
        }

        return lists;
    }
}
