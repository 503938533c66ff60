using TftPortal.Api.Shapes;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;

namespace TftPortal.Api;

/// <summary>The past in the shapes of the API.</summary>
internal static class HistoryAnswers
{
    public static ServerPastAnswer Of(ServerPast past) => new(past.Server, Range(past.Range, past.Bucket), past.Times, Metrics(past));

    public static EnvironmentPastAnswer Of(FleetPast past) => new(Range(past.Range, past.Bucket), [.. past.Points.Select(Of)], past.Metrics.Times, Metrics(past.Metrics));

    public static HistorySummaryAnswer Of(FleetReport report) => new()
    {
        Range = Range(report.Range, null),
        Servers = report.Servers,
        Steps = report.Steps,
        Alerts = Of(report.Alerts),
        States = [.. report.States.Select(state => new StateTimeShape(state.Health, Math.Round(state.Time.TotalMinutes, 2), Math.Round(state.Share, 6)))],
        TopServers = [.. report.TopServers.Select(server => new ServerFiguresShape(server.Server, server.Alerts, server.Critical, Math.Round(server.Time.TotalMinutes, 2)))],
    };

    public static AlertPastAnswer Of(AlertQuestion question, AlertPast past) => new(Range(question.Range, null), past.Total, [.. past.Alerts.Select(Of)]);

    private static RangeShape Range(HistoryRange range, TimeSpan? bucket) => new(range.From.ToUniversalTime(), range.To.ToUniversalTime(), (int?)bucket?.TotalSeconds);

    private static Dictionary<string, MetricPastShape> Metrics(ServerPast past) => past.Metrics.ToDictionary(
        metric => MetricCatalog.Of(metric.Metric).Name, metric => new MetricPastShape(Values(metric.Mean), Values(metric.Low), Values(metric.High)), StringComparer.Ordinal);

    private static float?[] Values(IEnumerable<float> values) => [.. values.Select(value => float.IsFinite(value) ? value : (float?)null)];

    private static EnvironmentPointShape Of(FleetPoint point) => new()
    {
        Time = point.Time,
        TotalServers = point.Servers,
        CriticalCount = point.Critical,
        WarningCount = point.Warning,
        DegradingCount = point.Degrading,
        AvgRiskScore = Math.Round(point.MeanRisk, 3),
        MaxRiskScore = Math.Round(point.MaxRisk, 3),
        Prob30m = Math.Round(point.ProbabilityIn30Minutes, 6),
        Prob8h = Math.Round(point.ProbabilityIn8Hours, 6),
        Alerts = point.Alerts,
    };

    private static AlertFiguresShape Of(AlertFigures alerts) => new()
    {
        Raised = alerts.Raised,
        Critical = alerts.Critical,
        Warning = alerts.Raised - alerts.Critical,
        Open = alerts.Open,
        Predicted = alerts.Predicted,
        CameTrue = alerts.CameTrue,
        FalseAlarms = alerts.FalseAlarms,
        Missed = alerts.Missed,
        Precision = alerts.Precision,
        Recall = alerts.Recall,
        MeanLeadMinutes = alerts.MeanLeadMinutes,
        MedianLeadMinutes = alerts.MedianLeadMinutes,
        FalseAlarmsPerServerDay = alerts.FalseAlarmsPerServerDay,
    };

    private static AlertRecordShape Of(AlertRecord alert) => new()
    {
        Id = alert.Id,
        Server = alert.Server,
        Profile = alert.Profile,
        Metric = alert.Metric,
        Severity = alert.Severity == AlertSeverity.Critical ? "critical" : "warning",
        StartedAt = alert.StartedAt.ToUniversalTime(),
        Predicted = alert.WasPredicted,
        Probability = alert.Probability,
        PredictedValue = alert.PredictedValue,
        Threshold = alert.Threshold,
        ExpectedAt = alert.ExpectedAt.ToUniversalTime(),
        BreachedAt = alert.BreachedAt,
        CriticalAt = alert.CriticalAt,
        EndedAt = alert.EndedAt,
        LeadMinutes = alert.WasPredicted ? (alert.BreachedAt - alert.StartedAt)?.TotalMinutes : null,
        RaisedTimes = alert.RaisedTimes,
        AcknowledgedBy = alert.AcknowledgedBy,
        FalseAlarm = alert.IsFalseAlarm,
        ModelVersion = alert.ModelVersion,
        Message = alert.Message,
    };
}
