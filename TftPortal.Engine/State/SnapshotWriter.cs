using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>Writes an image of the window as Parquet. One for one file.</summary>
internal sealed class SnapshotWriter
{
    private float[] values = [];
    private long[] longs = [];
    private int[] ints = [];
    private int[] definitions = [];
    private int[] repetitions = [];

    /// <summary>Writes it.</summary>
    /// <param name="output">Written from where it stands, never sought.</param>
    /// <param name="image">The window.</param>
    /// <param name="sequence">The journal's last batch that was applied to it.</param>
    public static async Task WriteAsync(Stream output, WindowImage image, long sequence)
    {
        await using var file = await ParquetWriter.CreateAsync(SnapshotLayout.Schema, output, SnapshotLayout.Options());
        file.CustomMetadata = MetadataOf(image, sequence);
        var writer = new SnapshotWriter();
        foreach (var servers in image.Servers.OrderBy(server => server.Snapshot.Name, StringComparer.Ordinal).Chunk(SnapshotLayout.RowGroupServers))
        {
            using var group = file.CreateRowGroup();
            await writer.WriteAsync(group, [.. servers.Select(server => new SavedServer(server, image.Grid))]);
            group.CompleteValidate();
        }
    }

    private static Dictionary<string, string> MetadataOf(WindowImage image, long sequence)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SnapshotMetadata.FormatVersion] = SnapshotLayout.Version,
            [SnapshotMetadata.TickCount] = Text(image.Tick),
            [SnapshotMetadata.ServerTimesteps] = JsonSerializer.Serialize(image.Servers.OrderBy(server => server.Snapshot.Name, StringComparer.Ordinal).ToDictionary(server => server.Snapshot.Name, server => server.Timesteps, StringComparer.Ordinal)),
            [SnapshotMetadata.Timestamp] = image.Time.ToString("O", CultureInfo.InvariantCulture),
            [SnapshotMetadata.StepSeconds] = Text(image.Grid.StepSeconds),
            [SnapshotMetadata.LastSequence] = Text(sequence),
            [SnapshotMetadata.ServerCount] = Text(image.Servers.Length),
        };
        metadata[SnapshotMetadata.Hash] = SnapshotMetadata.HashOf(metadata);
        return metadata;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task WriteAsync(ParquetRowGroupWriter group, SavedServer[] servers)
    {
        await group.WriteAsync(SnapshotLayout.Name, [.. servers.Select(server => server.Image.Snapshot.Name)]);
        await group.WriteAsync(SnapshotLayout.Profile, [.. servers.Select(server => server.Image.Snapshot.Profile.WireName())]);
        await group.WriteAsync(SnapshotLayout.Status, [.. servers.Select(server => server.Image.Snapshot.Status.WireName())]);
        await group.WriteAsync<bool>(SnapshotLayout.Simulated, servers.Select(server => server.Image.Snapshot.IsSimulated).ToArray());
        await group.WriteAsync<long>(SnapshotLayout.LastSeen, servers.Select(server => server.LastSeenAt).ToArray());
        await group.WriteAsync<long>(SnapshotLayout.Received, servers.Select(server => server.Image.ReceivedAt).ToArray());
        await group.WriteAsync<long>(SnapshotLayout.Revision, servers.Select(server => server.Image.Snapshot.Revision).ToArray());
        await group.WriteAsync<long>(SnapshotLayout.Timesteps, servers.Select(server => server.Image.Timesteps).ToArray());
        await group.WriteAsync<int>(SnapshotLayout.Records, servers.Select(server => server.Image.Snapshot.Records).ToArray());
        await group.WriteAsync<long>(SnapshotLayout.FirstStep, servers.Select(server => server.FirstStepAt).ToArray());
        await WriteFloatsAsync(group, SnapshotLayout.Latest, servers, _ => MetricCatalog.Count, (server, span) => server.Latest(span));
        await WriteLongsAsync(group, SnapshotLayout.LatestAt, servers, _ => MetricCatalog.Count, (server, span) => server.LatestAt(span));
        foreach (var metric in MetricCatalog.All)
            await WriteFloatsAsync(group, SnapshotLayout.Metrics[(int)metric.Metric], servers, server => server.Steps, (server, span) => server.Values(metric.Metric, span));
        await WriteIntsAsync(group, SnapshotLayout.Readings, servers, server => server.Steps, (server, span) => server.Readings(span));
        await WriteLongsAsync(group, SnapshotLayout.Marks, servers, server => server.Steps, (server, span) => server.Marks(span));
        await WriteIntsAsync(group, SnapshotLayout.MetricReadings, servers, server => server.MetricReadings, (server, span) => server.ReadingsOfMetrics(span));
        foreach (var server in servers) server.Hash.Add(server.OpenSteps);
        await group.WriteAsync(SnapshotLayout.Open, [.. servers.Select(server => server.OpenSteps)]);
        await group.WriteAsync<long>(SnapshotLayout.RowHash, servers.Select(server => server.Hash.Value).ToArray());
    }

    private delegate void Fill<T>(SavedServer server, Span<T> span);

    private Task WriteFloatsAsync(ParquetRowGroupWriter group, ListField list, SavedServer[] servers, Func<SavedServer, int> length, Fill<float> fill) =>
        WriteListsAsync(group, list, servers, length, ref values, (server, span) =>
        {
            fill(server, span);
            server.Hash.Add(span);
        }, float.IsNaN);

    private Task WriteLongsAsync(ParquetRowGroupWriter group, ListField list, SavedServer[] servers, Func<SavedServer, int> length, Fill<long> fill) =>
        WriteListsAsync(group, list, servers, length, ref longs, (server, span) =>
        {
            fill(server, span);
            server.Hash.Add(span);
        }, ReferenceEquals(list, SnapshotLayout.LatestAt) ? time => time == long.MinValue : null);

    private Task WriteIntsAsync(ParquetRowGroupWriter group, ListField list, SavedServer[] servers, Func<SavedServer, int> length, Fill<int> fill) =>
        WriteListsAsync(group, list, servers, length, ref ints, (server, span) =>
        {
            fill(server, span);
            server.Hash.Add(span);
        }, isMissing: null);

    private Task WriteListsAsync<T>(
        ParquetRowGroupWriter group, ListField list, SavedServer[] servers, Func<SavedServer, int> length, ref T[] buffer, Fill<T> fill, Predicate<T>? isMissing)
        where T : unmanaged
    {
        var room = servers.Sum(length);
        if (buffer.Length < room) buffer = new T[room];
        if (definitions.Length < room + servers.Length) (definitions, repetitions) = (new int[room + servers.Length], new int[room + servers.Length]);
        var element = SnapshotLayout.ElementOf(list);
        var (there, entries) = (0, 0);
        foreach (var server in servers)
        {
            var count = length(server);
            var span = buffer.AsSpan(there, count); // the missing ones are squeezed out below; the next server's go behind what is left
            fill(server, span);
            if (count == 0) (definitions[entries], repetitions[entries++]) = (1, 0); // an empty list
            for (var index = 0; index < count; index++)
            {
                var isThere = isMissing is null || !isMissing(span[index]);
                definitions[entries] = isThere ? element.MaxDefinitionLevel : element.MaxDefinitionLevel - 1;
                repetitions[entries++] = index == 0 ? 0 : 1;
                if (isThere) buffer[there++] = span[index];
            }
        }

        return group.WriteAllPartsAsync<T>(element, buffer.AsMemory(0, there), definitions.AsMemory(0, entries), repetitions.AsMemory(0, entries), CancellationToken.None);
    }
}
