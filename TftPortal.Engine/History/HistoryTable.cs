using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name, in SQL and in the files.</param>
/// <param name="Type">Its type in SQL.</param>
internal sealed record HistoryColumn(string Name, string Type);

/// <summary>What a table of the past looks like. In its files each row also has the number of the part that it came with: of two with the same key the later one stands.</summary>
/// <param name="Name">Its name, and its folder's.</param>
/// <param name="Columns">Its columns, in the order of the files.</param>
/// <param name="Key">The columns that tell its rows apart, in the order that the files are sorted by.</param>
/// <param name="Time">The column that decides which day's file a row is in, UTC.</param>
internal sealed record HistoryTable(string Name, ImmutableArray<HistoryColumn> Columns, ImmutableArray<string> Key, string Time)
{
    /// <summary>The column that says which part a row came with.</summary>
    public const string Part = "part";

    /// <summary>One row a server and step: the 14 metrics averaged over the step, null where there was no reading; how many readings; a check sum of these.</summary>
    public static HistoryTable Steps { get; } = new("steps",
    [
        new("server", "VARCHAR"), new("ts", "TIMESTAMP"), new("profile", "VARCHAR"), .. MetricCatalog.All.Select(metric => new HistoryColumn(metric.Name, "FLOAT")),
        new("readings", "USMALLINT"), new("stamp", "UINTEGER"),
    ], ["server", "ts"], "ts");

    /// <summary>One row a server and hour: of each metric the mean, the least and the largest of the hour's steps.</summary>
    public static HistoryTable Hours { get; } = new("hours",
    [
        new("server", "VARCHAR"), new("ts", "TIMESTAMP"), new("profile", "VARCHAR"), new("steps", "USMALLINT"),
        .. MetricCatalog.All.SelectMany(metric => (string[])[metric.Name, metric.Name + "_min", metric.Name + "_max"]).Select(name => new HistoryColumn(name, "FLOAT")),
    ], ["server", "ts"], "ts");

    /// <summary>One row an alert, written again whenever something of it changes.</summary>
    public static HistoryTable Alerts { get; } = new("alerts",
    [
        new("id", "VARCHAR"), new("server", "VARCHAR"), new("profile", "VARCHAR"), new("metric", "VARCHAR"), new("severity", "VARCHAR"), new("started_at", "TIMESTAMP"), new("predicted", "BOOLEAN"),
        new("probability", "DOUBLE"), new("predicted_value", "DOUBLE"), new("threshold", "DOUBLE"), new("expected_at", "TIMESTAMP"), new("breached_at", "TIMESTAMP"), new("critical_at", "TIMESTAMP"), new("ended_at", "TIMESTAMP"),
        new("raised_times", "INTEGER"), new("acknowledged_by", "VARCHAR"), new("false_alarm", "BOOLEAN"), new("model_version", "VARCHAR"), new("message", "VARCHAR"),
    ], ["id"], "started_at");

    /// <summary>One row a step: the fleet as its last picture had it.</summary>
    public static HistoryTable Fleet { get; } = new("fleet",
    [
        new("ts", "TIMESTAMP"), new("servers", "INTEGER"), new("critical", "INTEGER"), new("warning", "INTEGER"), new("degrading", "INTEGER"), new("healthy", "INTEGER"), new("mean_risk", "DOUBLE"), new("max_risk", "DOUBLE"),
        new("prob_30m", "DOUBLE"), new("prob_8h", "DOUBLE"), new("fleet_health", "VARCHAR"), new("alerts_critical", "INTEGER"), new("alerts_warning", "INTEGER"),
    ], ["ts"], "ts");

    /// <summary>The tables that can be asked for and exported.</summary>
    public static ImmutableArray<HistoryTable> All { get; } = [Steps, Hours, Alerts, Fleet];

    /// <summary>The columns, and the part's number, as SQL declares them.</summary>
    public string Declaration => string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}").Append($"{Part} BIGINT"));

    /// <summary>The columns' names.</summary>
    public string Names => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>The key's columns.</summary>
    public string KeyNames => string.Join(", ", Key);
}
