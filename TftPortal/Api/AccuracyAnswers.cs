using TftPortal.Api.Shapes;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Fleet;

namespace TftPortal.Api;

/// <summary>The scores in the shapes of the API.</summary>
internal static class AccuracyAnswers
{
    public static AccuracyAnswer Of(AccuracyReport report) => new()
    {
        Time = report.Time.ToUniversalTime(),
        ModelVersion = report.ModelVersion,
        ServersFollowed = report.ServersFollowed,
        NextScoreAt = report.NextScoreAt?.ToUniversalTime(),
        CoverageFrom = AccuracyRow.CoverageFrom,
        CoverageTo = AccuracyRow.CoverageTo,
        Windows = [.. report.Windows.Select(window => new AccuracyWindowShape(window.Name, window.Points, Rows(window.Metrics), Rows(window.Steps), Rows(window.Profiles), Rows(window.Versions)))],
        WorstServers = [.. report.WorstServers.Select(server => new ServerAccuracyShape(server.Server, server.Profile.WireName(), Math.Round(server.Points, 1), Math.Round(server.Wql, 4), Math.Round(server.BaselineWql, 4), Math.Round(server.AgainstBaseline, 4)))],
        BaselineAnswers = new(report.GuardedMetrics, [.. report.Guarded.Select(server => new GuardedServerShape(server.Server, [.. server.Metrics.Select(metric => MetricCatalog.Of(metric).Name)]))]),
    };

    public static PastForecastsAnswer Of(string server, MetricDefinition metric, StepGrid grid, IEnumerable<PastForecast> past) => new(
        server, metric.Name, grid.StepSeconds,
        [.. past.Select(kept => new PastForecastShape(kept.FirstStep, kept.Steps, kept.Time, kept.P10, kept.P50, kept.P90, kept.ByNetwork ? "tft" : "baseline", kept.Happened))]);

    private static IReadOnlyList<AccuracyRowShape> Rows(IEnumerable<AccuracyRow> rows) =>
        [.. rows.Select(row => new AccuracyRowShape(row.Of, row.Points, Short(row.Wql), Short(row.BaselineWql), Short(row.LastValueWql), Short(row.AnsweredWql), Short(row.Mase), Short(row.Coverage)))];

    private static double? Short(double? score) => score is { } known ? Math.Round(known, 4) : null;
}
