using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>How the fleet was.</summary>
internal static class FleetQuestion
{
    /// <summary>Asks.</summary>
    public static FleetPast Ask(HistoryTables tables, HistoryRange range, IReadOnlyList<MetricDefinition> metrics)
    {
        var bucket = range.BucketOf(tables.Step);
        var (first, last) = range.Days;
        var points = ImmutableArray.CreateBuilder<FleetPoint>();
        tables.Duck.Query($"""
            SELECT {ServerQuestion.BucketOf("ts", bucket)} AS slot, max(servers), max(critical), max(warning), max(degrading), avg(mean_risk), max(max_risk), max(prob_30m), max(prob_8h), max(alerts_critical + alerts_warning)
            FROM {tables.Source(HistoryTable.Fleet, first, last, "ts >= $1 AND ts < $2")} GROUP BY slot ORDER BY slot
            """, [range.From.UtcDateTime, range.To.UtcDateTime], row => points.Add(new(
                AlertRow.Time(row, 0)!.Value, row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetDouble(5), row.GetDouble(6), row.GetDouble(7), row.GetDouble(8), row.GetInt32(9))), tables.Stop);
        return new(range, bucket, points.ToImmutable(), ServerQuestion.Ask(tables, null, range, metrics));
    }
}
