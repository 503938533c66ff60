using System.Collections.Immutable;
using System.Data.Common;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>A server that sent something in some time of the past.</summary>
/// <param name="Name">Name of the server.</param>
/// <param name="Profile">What it is for, as it last was then.</param>
internal sealed record SeenServer(string Name, ServerProfile Profile);

/// <summary>What servers measured, step by step: for whoever lives through the past again.</summary>
internal static class StepsQuestion
{
    /// <summary>Who sent something, by name.</summary>
    public static ImmutableArray<SeenServer> Servers(HistoryTables tables, HistoryRange range)
    {
        var servers = ImmutableArray.CreateBuilder<SeenServer>();
        tables.Duck.Query($"SELECT server, arg_max(profile, ts) FROM {Steps(tables, range, "")} GROUP BY server ORDER BY server", Span(range), row => servers.Add(new(row.GetString(0), Profile(row, 1))), tables.Stop);
        return servers.ToImmutable();
    }

    /// <summary>The steps of some servers, in their order; each as one reading at its start.</summary>
    public static ReadingBatch Ask(HistoryTables tables, HistoryRange range, IReadOnlyCollection<string> servers)
    {
        var batch = new ReadingBatch();
        if (servers.Count == 0) return batch;
        var values = new float[MetricCatalog.Count];
        var names = servers.ToDictionary(name => name, StringComparer.Ordinal); // one text a server, and not one a row
        var where = $" AND server IN ({string.Join(", ", servers.Select(Duck.Text))})";
        tables.Duck.Query($"SELECT server, epoch_ms(ts), profile, {string.Join(", ", MetricCatalog.All.Select(metric => metric.Name))} FROM {Steps(tables, range, where)} ORDER BY ts, server", Span(range), row =>
        {
            for (var metric = 0; metric < values.Length; metric++) values[metric] = row.IsDBNull(3 + metric) ? float.NaN : row.GetFloat(3 + metric);
            batch.Add(names[row.GetString(0)], row.GetInt64(1), Profile(row, 2), ServerStatus.Healthy, values);
        }, tables.Stop);
        return batch;
    }

    private static string Steps(HistoryTables tables, HistoryRange range, string where)
    {
        var (first, last) = range.Days;
        return tables.Source(HistoryTable.Steps, first, last, "ts >= $1 AND ts < $2" + where);
    }

    private static object[] Span(HistoryRange range) => [range.From.UtcDateTime, range.To.UtcDateTime];

    private static ServerProfile Profile(DbDataReader row, int column) => WireNames.TryParse(row.GetString(column), out ServerProfile profile) ? profile : ServerProfile.Generic;
}
