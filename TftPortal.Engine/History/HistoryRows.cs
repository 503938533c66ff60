using DuckDB.NET.Data;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>How what was is laid into the columns of <see cref="HistoryTable"/>, in their order.</summary>
internal static class HistoryRows
{
    /// <summary>A row of <see cref="HistoryTable.Steps"/>.</summary>
    public static void Append(IDuckDBAppenderRow row, ChangedStep changed, StepGrid grid, long part)
    {
        var (server, step) = changed;
        Span<float> values = stackalloc float[MetricCatalog.Count];
        for (var metric = 0; metric < MetricCatalog.Count; metric++) values[metric] = server.History.At((Metric)metric, step);
        Append(row, server.Name, server.Profile, grid.StartOf(step), values, server.History.ReadingsIn(step), part);
    }

    /// <summary>A row of <see cref="HistoryTable.Steps"/>, by its values.</summary>
    public static void Append(IDuckDBAppenderRow row, string server, ServerProfile profile, DateTimeOffset start, ReadOnlySpan<float> values, int readings, long part)
    {
        row.AppendValue(server).AppendValue(start.UtcDateTime).AppendValue(profile.WireName());
        foreach (var value in values)
        {
            if (float.IsNaN(value)) row.AppendNullValue();
            else row.AppendValue(value);
        }

        row.AppendValue((ushort)readings).AppendValue(StepStamp.Of(values, readings)).AppendValue(part).EndRow();
    }

    /// <summary>A row of <see cref="HistoryTable.Alerts"/>.</summary>
    public static void Append(IDuckDBAppenderRow row, AlertRecord alert, long part) =>
        row.AppendValue(alert.Id.ToString()).AppendValue(alert.Server).AppendValue(alert.Profile).AppendValue(alert.Metric).AppendValue(Word(alert.Severity))
            .AppendValue(alert.StartedAt.UtcDateTime).AppendValue((bool?)alert.WasPredicted).AppendValue((double?)alert.Probability).AppendValue((double?)alert.PredictedValue).AppendValue((double?)alert.Threshold)
            .AppendValue(alert.ExpectedAt.UtcDateTime).AppendValue(alert.BreachedAt?.UtcDateTime).AppendValue(alert.CriticalAt?.UtcDateTime).AppendValue(alert.EndedAt?.UtcDateTime)
            .AppendValue((int?)alert.RaisedTimes).AppendValue(alert.AcknowledgedBy).AppendValue((bool?)alert.IsFalseAlarm).AppendValue(alert.ModelVersion).AppendValue(alert.Message).AppendValue((long?)part).EndRow();

    /// <summary>A row of <see cref="HistoryTable.Fleet"/>.</summary>
    public static void Append(IDuckDBAppenderRow row, FleetMoment moment, long part) =>
        row.AppendValue(moment.Time.UtcDateTime).AppendValue((int?)moment.Servers)
            .AppendValue((int?)moment.Levels[(int)RiskLevel.Critical]).AppendValue((int?)moment.Levels[(int)RiskLevel.Warning]).AppendValue((int?)moment.Levels[(int)RiskLevel.Degrading]).AppendValue((int?)moment.Levels[(int)RiskLevel.Healthy])
            .AppendValue((double?)moment.MeanRisk).AppendValue((double?)moment.MaxRisk).AppendValue((double?)moment.Health.ProbabilityIn30Minutes).AppendValue((double?)moment.Health.ProbabilityIn8Hours)
            .AppendValue(moment.Health.Health).AppendValue((int?)moment.CriticalAlerts).AppendValue((int?)moment.WarningAlerts).AppendValue((long?)part).EndRow();

    /// <summary>A severity in the files.</summary>
    public static string Word(AlertSeverity severity) => severity == AlertSeverity.Critical ? "critical" : "warning";
}
