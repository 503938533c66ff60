using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>What happened, and how right the alerts were.</summary>
internal static class ReportQuestion
{
    /// <summary>Asks.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="range">When.</param>
    /// <param name="now">The time: an alert that stands has lasted until then.</param>
    public static FleetReport Ask(HistoryTables tables, HistoryRange range, DateTimeOffset now)
    {
        var (first, last) = range.Days;
        object[] span = [range.From.UtcDateTime, range.To.UtcDateTime];
        var (servers, steps) = (0, 0L);
        // Of days whose steps are gone the hours still know how many there were.
        var hours = tables.Source(HistoryTable.Hours, first, last, "ts >= $1 AND ts < $2", (store, day) => store.Of(HistoryTable.Steps).Days(day.Day, day.Day).Count == 0);
        tables.Duck.Query($"SELECT count(DISTINCT server)::INTEGER, coalesce(sum(steps), 0)::BIGINT FROM (SELECT server, 1 AS steps FROM {tables.Source(HistoryTable.Steps, first, last, "ts >= $1 AND ts < $2")} UNION ALL SELECT server, steps FROM {hours})", span, row => (servers, steps) = (row.GetInt32(0), row.GetInt64(1)), tables.Stop);
        var alerts = $"(SELECT * FROM {tables.Source(HistoryTable.Alerts, first, last)} WHERE started_at >= $1 AND started_at < $2)";
        return new()
        {
            Range = range,
            Servers = servers,
            Steps = steps,
            Alerts = Alerts(tables, alerts, span, steps * tables.Step.TotalDays),
            States = States(tables, range, span),
            TopServers = Top(tables, alerts, [.. span, now.UtcDateTime]),
        };
    }

    private static AlertFigures Alerts(HistoryTables tables, string alerts, object[] span, double serverDays)
    {
        AlertFigures? figures = null;
        tables.Duck.Query($"""
            WITH a AS (SELECT *, epoch(breached_at - started_at) / 60 AS lead, predicted AND breached_at IS NOT NULL AND NOT false_alarm AS came_true FROM {alerts})
            SELECT count(*)::INTEGER, count(*) FILTER (WHERE severity = '{HistoryRows.Word(AlertSeverity.Critical)}')::INTEGER, count(*) FILTER (WHERE ended_at IS NULL)::INTEGER, count(*) FILTER (WHERE predicted)::INTEGER, count(*) FILTER (WHERE came_true)::INTEGER,
                count(*) FILTER (WHERE predicted AND (false_alarm OR (breached_at IS NULL AND ended_at IS NOT NULL)))::INTEGER, count(*) FILTER (WHERE NOT predicted AND NOT false_alarm)::INTEGER, avg(lead) FILTER (WHERE came_true), median(lead) FILTER (WHERE came_true) FROM a
            """, span, row => figures = new(
                row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
                row.IsDBNull(7) ? null : row.GetDouble(7), row.IsDBNull(8) ? null : row.GetDouble(8), serverDays), tables.Stop);
        return figures!;
    }

    private static ImmutableArray<TimeInState> States(HistoryTables tables, HistoryRange range, object[] span)
    {
        List<(string Health, long Steps)> counts = [];
        var (first, last) = range.Days;
        tables.Duck.Query($"SELECT fleet_health, count(*) AS steps FROM {tables.Source(HistoryTable.Fleet, first, last, "ts >= $1 AND ts < $2")} GROUP BY fleet_health ORDER BY steps DESC, fleet_health", span, row => counts.Add((row.GetString(0), row.GetInt64(1))), tables.Stop);
        var all = counts.Sum(count => count.Steps);
        return [.. counts.Select(count => new TimeInState(count.Health, count.Steps * tables.Step, count.Steps / (double)all))];
    }

    private static ImmutableArray<ServerFigures> Top(HistoryTables tables, string alerts, object[] parameters)
    {
        var top = ImmutableArray.CreateBuilder<ServerFigures>();
        tables.Duck.Query($"""
            SELECT server, count(*)::INTEGER, count(*) FILTER (WHERE severity = '{HistoryRows.Word(AlertSeverity.Critical)}')::INTEGER, sum(epoch(coalesce(ended_at, $3) - started_at)) AS seconds
            FROM {alerts} GROUP BY server ORDER BY seconds DESC, server LIMIT 10
            """, parameters, row => top.Add(new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), TimeSpan.FromSeconds(row.GetDouble(3)))), tables.Stop);
        return top.ToImmutable();
    }
}
