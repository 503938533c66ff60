using System.Data.Common;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>A row of <see cref="HistoryTable.Alerts"/>, read in the order of its columns.</summary>
internal static class AlertRow
{
    /// <summary>Reads a row.</summary>
    public static AlertRecord Read(DbDataReader row) => new()
    {
        Id = Guid.Parse(row.GetString(0)),
        Server = row.GetString(1),
        Profile = row.GetString(2),
        Metric = row.GetString(3),
        Severity = row.GetString(4) == HistoryRows.Word(AlertSeverity.Critical) ? AlertSeverity.Critical : AlertSeverity.Warning,
        StartedAt = Time(row, 5)!.Value,
        WasPredicted = row.GetBoolean(6),
        Probability = row.GetDouble(7),
        PredictedValue = row.GetDouble(8),
        Threshold = row.GetDouble(9),
        ExpectedAt = Time(row, 10)!.Value,
        BreachedAt = Time(row, 11),
        CriticalAt = Time(row, 12),
        EndedAt = Time(row, 13),
        RaisedTimes = row.GetInt32(14),
        AcknowledgedBy = row.IsDBNull(15) ? null : row.GetString(15),
        IsFalseAlarm = row.GetBoolean(16),
        ModelVersion = row.GetString(17),
        Message = row.GetString(18),
    };

    /// <summary>A time, which the files have without a zone, in UTC.</summary>
    public static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));
}
