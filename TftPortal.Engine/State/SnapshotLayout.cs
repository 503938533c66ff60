using System.Collections.Immutable;
using System.Globalization;
using Parquet;
using Parquet.Schema;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.State;

/// <summary>
/// The columns of a state file of format 2.0, one row a server. Lists of a row have one entry a step, from <c>first_step_ms</c> on, with null where a value is missing.
/// <c>readings</c>, <c>marks</c>, <c>metric_readings</c> and <c>open_steps</c> are what the window needs beside the values to go on as if it had never stopped
/// (docs/decisions/state.md); <c>row_hash</c> tells a row that is not as it was written.
/// </summary>
internal static class SnapshotLayout
{
    /// <summary>The metadata's <c>format_version</c>.</summary>
    public const string Version = "2.0";
    /// <summary>Servers in a row group, at most.</summary>
    public const int RowGroupServers = 1_000;

    public static readonly DataField Name = new("server_name", typeof(string), isNullable: false);
    public static readonly DataField Profile = new("profile", typeof(string), isNullable: false);
    public static readonly DataField Status = new("status", typeof(string), isNullable: false);
    public static readonly DataField Simulated = new("simulated", typeof(bool), isNullable: false);
    public static readonly DataField LastSeen = new("last_seen_ms", typeof(long), isNullable: false);
    public static readonly DataField Received = new("received_ms", typeof(long), isNullable: false);
    public static readonly DataField Revision = new("revision", typeof(long), isNullable: false);
    public static readonly DataField Timesteps = new("timesteps", typeof(long), isNullable: false);
    public static readonly DataField Records = new("records", typeof(int), isNullable: false);
    public static readonly DataField FirstStep = new("first_step_ms", typeof(long), isNullable: false);
    public static readonly ListField Latest = ListOf<float>("latest", isNullable: true);
    public static readonly ListField LatestAt = ListOf<long>("latest_at_ms", isNullable: true);
    public static readonly ImmutableArray<ListField> Metrics = [.. MetricCatalog.All.Select(metric => ListOf<float>(metric.Name, isNullable: true))];
    public static readonly ListField Readings = ListOf<int>("readings", isNullable: false);
    public static readonly ListField Marks = ListOf<long>("marks", isNullable: false);
    public static readonly ListField MetricReadings = ListOf<int>("metric_readings", isNullable: false);
    public static readonly DataField Open = new("open_steps", typeof(byte[]), isNullable: false);
    public static readonly DataField RowHash = new("row_hash", typeof(long), isNullable: false);

    public static readonly ParquetSchema Schema = new(
        [Name, Profile, Status, Simulated, LastSeen, Received, Revision, Timesteps, Records, FirstStep, Latest, LatestAt, .. Metrics, Readings, Marks, MetricReadings, Open, RowHash]);

    /// <summary>Byte-stream-split and Zstd's fastest: its default is a hundred times slower for a few per cent.</summary>
    public static ParquetOptions Options()
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest };
        foreach (var metric in Metrics) options.ColumnEncodingHints[Convert.ToString(ElementOf(metric).Path, CultureInfo.InvariantCulture)!] = EncodingHint.ByteSplitStream;
        return options;
    }

    /// <summary>The field that holds a list's values.</summary>
    public static DataField ElementOf(ListField list) => (DataField)list.Item;

    private static ListField ListOf<T>(string name, bool isNullable) => new(name, new DataField(ListField.ElementName, typeof(T), isNullable: isNullable));
}
