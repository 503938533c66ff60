using System.Collections.Immutable;

namespace TftPortal.Engine.History;

/// <summary>Which alerts there were.</summary>
internal static class AlertsQuestion
{
    /// <summary>Asks.</summary>
    public static AlertPast Ask(HistoryTables tables, AlertQuestion question)
    {
        var last = question.Range.Days.Last;
        // From the first day that is kept on, however short the range: an alert may have stood for all that time. The files are small.
        List<object> parameters = [question.Range.From.UtcDateTime, question.Range.To.UtcDateTime];
        var where = "started_at < $2 AND (ended_at IS NULL OR ended_at >= $1)";
        foreach (var (column, value) in (ReadOnlySpan<(string, string?)>)[("server", question.Server), ("metric", question.Metric), ("severity", question.Severity)])
        {
            if (value is null) continue;
            parameters.Add(value);
            where += FormattableString.Invariant($" AND {column} = ${parameters.Count}");
        }

        var table = HistoryTable.Alerts;
        var alerts = ImmutableArray.CreateBuilder<AlertRecord>();
        var total = 0;
        tables.Duck.Query(
            FormattableString.Invariant($"SELECT {table.Names}, (count(*) OVER ())::INTEGER FROM {tables.Source(table, DateOnly.MinValue, last)} WHERE {where} QUALIFY row_number() OVER (PARTITION BY id) = 1 ORDER BY started_at DESC, id LIMIT {question.Take} OFFSET {question.Skip}"),
            [.. parameters], row =>
            {
                alerts.Add(AlertRow.Read(row));
                total = row.GetInt32(table.Columns.Length);
            }, tables.Stop);
        return new(total, alerts.ToImmutable());
    }
}
