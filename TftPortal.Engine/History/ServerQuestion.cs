using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>What a server, or the whole fleet, measured.</summary>
internal static class ServerQuestion
{
    /// <summary>Asks.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="server">Name of the server; null for the mean of all.</param>
    /// <param name="range">When.</param>
    /// <param name="metrics">Which metrics.</param>
    public static ServerPast Ask(HistoryTables tables, string? server, HistoryRange range, IReadOnlyList<MetricDefinition> metrics)
    {
        var bucket = range.BucketOf(tables.Step);
        var values = string.Join(", ", metrics.Select(metric => metric.Name).Select(name =>
            $"sum({name} * steps) / sum(steps) FILTER (WHERE {name} IS NOT NULL), min({name}_min), max({name}_max)"));
        var where = "ts >= $1 AND ts < $2" + (server is null ? "" : " AND server = $3");
        var times = ImmutableArray.CreateBuilder<DateTimeOffset>();
        var columns = metrics.Select(_ => (Mean: ImmutableArray.CreateBuilder<float>(), Low: ImmutableArray.CreateBuilder<float>(), High: ImmutableArray.CreateBuilder<float>())).ToArray();
        var observations = tables.Observations(range, bucket, [.. metrics], where);
        object[] parameters = [range.From.UtcDateTime, range.To.UtcDateTime, .. server is null ? (object[])[] : [server]];
        tables.Duck.Query($"SELECT {BucketOf("ts", bucket)} AS slot, {values} FROM {observations} GROUP BY slot ORDER BY slot", parameters, row =>
        {
            times.Add(AlertRow.Time(row, 0)!.Value);
            for (var metric = 0; metric < columns.Length; metric++)
            {
                columns[metric].Mean.Add(Value(row, 1 + (3 * metric)));
                columns[metric].Low.Add(Value(row, 2 + (3 * metric)));
                columns[metric].High.Add(Value(row, 3 + (3 * metric)));
            }
        }, tables.Stop);
        return new(server ?? "", range, bucket, times.ToImmutable(), [.. metrics.Zip(columns, (metric, column) => new MetricPast(metric.Metric, column.Mean.ToImmutable(), column.Low.ToImmutable(), column.High.ToImmutable()))]);
    }

    /// <summary>The start of the point that a time belongs to, counted from 1970 UTC; a week begins on a Monday.</summary>
    public static string BucketOf(string column, TimeSpan bucket) => string.Create(CultureInfo.InvariantCulture, $"time_bucket(INTERVAL {(long)bucket.TotalSeconds} SECONDS, {column}, TIMESTAMP '1970-01-05')");

    private static float Value(DbDataReader row, int column) => row.IsDBNull(column) ? float.NaN : Convert.ToSingle(row.GetValue(column), CultureInfo.InvariantCulture);
}
