using System.Collections.Immutable;
using DuckDB.NET.Data;
using Parquet.Schema;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State.Legacy;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.State;

/// <summary>
/// Reads a state file of format 2.0 whose hash is not known here, with DuckDB, which refuses damaged files and never hangs on them. The hashes of rows and metadata tell whether it is as it was written.
/// A column at a time: whole rows of a large fleet would not fit into DuckDB's memory.
/// </summary>
internal static class ForeignSnapshot
{
    /// <summary>Whether the file says that it is of format 2.0.</summary>
    public static bool IsOne(ForeignParquet file) => file.Metadata().GetValueOrDefault(SnapshotMetadata.FormatVersion) == SnapshotLayout.Version;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written.</exception>
    public static WindowImage Read(ForeignParquet file)
    {
        var metadata = SnapshotMetadata.From(file.Metadata());
        List<RestoredServer> servers = [];
        file.Query($"SELECT {Columns} FROM {file.Table}", row => servers.Add(new(
            metadata.Grid, row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt32(8), row.GetInt64(9))));
        if (servers.Count != metadata.Servers) throw new InvalidDataException($"the file has {servers.Count} servers and not {metadata.Servers}");

        ForEach<float>(file, SnapshotLayout.Latest, float.NaN, servers, (server, values) => server.Latest(values));
        ForEach<long>(file, SnapshotLayout.LatestAt, long.MinValue, servers, (server, times) => server.LatestAt(times));
        foreach (var metric in MetricCatalog.All) ForEach<float>(file, SnapshotLayout.Metrics[(int)metric.Metric], float.NaN, servers, (server, values) => server.Values(metric.Metric, values));
        var index = 0;
        file.Query($"SELECT {Quoted(SnapshotLayout.Readings)}, {Quoted(SnapshotLayout.Marks)} FROM {file.Table}", row => servers[index++].Readings(Values(row, 0, 0), Values(row, 1, 0L)));
        ForEach<int>(file, SnapshotLayout.MetricReadings, 0, servers, (server, counts) => server.ReadingsOfMetrics(counts));
        return new(metadata.Time, metadata.Grid, metadata.Tick, Complete(file, servers));
    }

    private static readonly Field[] Scalars =
    [
        SnapshotLayout.Name, SnapshotLayout.Profile, SnapshotLayout.Status, SnapshotLayout.Simulated, SnapshotLayout.LastSeen, SnapshotLayout.Received,
        SnapshotLayout.Revision, SnapshotLayout.Timesteps, SnapshotLayout.Records, SnapshotLayout.FirstStep,
    ];

    private static string Columns => string.Join(", ", Scalars.Select(Quoted));

    private delegate void Take<T>(RestoredServer server, Span<T> values);

    private static ImmutableArray<ServerImage> Complete(ForeignParquet file, List<RestoredServer> servers)
    {
        var images = ImmutableArray.CreateBuilder<ServerImage>(servers.Count);
        file.Query($"SELECT {Quoted(SnapshotLayout.Open)}, {Quoted(SnapshotLayout.RowHash)} FROM {file.Table}", row =>
        {
            var server = servers[images.Count];
            using var stream = row.GetStream(0);
            var open = new byte[stream.Length];
            stream.ReadExactly(open);
            server.Open(open);
            images.Add(server.Complete(row.GetInt64(1)));
        });
        return images.ToImmutable();
    }

    private static void ForEach<T>(ForeignParquet file, Field column, T missing, List<RestoredServer> servers, Take<T> take)
        where T : struct
    {
        var index = 0;
        file.Query($"SELECT {Quoted(column)} FROM {file.Table}", row => take(servers[index++], Values(row, 0, missing)));
    }

    private static T[] Values<T>(DuckDBDataReader row, int column, T missing)
        where T : struct => [.. row.GetFieldValue<List<T?>>(column).Select(value => value ?? missing)];

    private static string Quoted(Field column) => ForeignParquet.Name(column.Name);
}
