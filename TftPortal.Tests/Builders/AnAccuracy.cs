using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Engine.Accuracy;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Tests.Builders;

/// <summary>Made-up scores, for what is shown and written without an engine.</summary>
internal static class AnAccuracy
{
    private static readonly string[] Ahead = ["1", "3", "12", "48", "96"];

    public static ModelCard Card { get; } = ModelCard.Read("""
        # Card of the model `test-1`

        A Temporal Fusion Transformer, 241,836 weights, one for all 14 metrics and any subset of them.

        **Training**: 16,000 steps of 64 windows, seed 1. Made again by

            dotnet run --project TftPortal.Training -- train

        **Data.** 222 virtual machines of two months; a simulator for the metrics that no public data has.
        """, "test-1");

    /// <summary>A board without an engine: of a picture with servers it has scores, of an empty one none.</summary>
    public static AccuracyBoard Board(FleetOutlook picture)
    {
        var board = new AccuracyBoard(new BaselineForecaster(picture.Grid, new FakeTimeProvider(picture.Time)), new ForecastGuard(), picture.Grid, picture);
        if (!picture.Servers.IsEmpty) board.Show(Report(picture.Time, [.. picture.Servers.Select(server => server.Server.Name)]));
        return board;
    }

    public static AccuracyReport Report(DateTimeOffset time, ImmutableArray<string> servers) => new()
    {
        Time = time,
        ModelVersion = "test-1",
        ServersFollowed = servers.Length,
        NextScoreAt = time.AddMinutes(5),
        Windows = [Window("24h", 1), Window("7d", 7)],
        WorstServers = [.. servers.Take(4).Select((server, index) => new ServerAccuracy(server, ServerProfile.WebApi, 210, .31 - (.04 * index), .27, 1.3 - (.2 * index)))],
        GuardedMetrics = 3,
        Guarded = [new(servers[0], [Metric.DiskUsagePercent]), new(servers[^1], [Metric.SwapUsedPercent, Metric.FrontCloseWait])],
    };

    private static AccuracyWindow Window(string name, int days) => new(
        name, 18_200L * days,
        [.. MetricCatalog.All.Take(13).Select((metric, index) => metric.Metric == Metric.SwapUsedPercent
            ? new AccuracyRow(metric.Name, 1_400L * days, null, null, null, null, null, 1)
            : new AccuracyRow(metric.Name, 1_400L * days, .08 + (.01 * index), .11 + (.008 * index), .2 + (.02 * index), .08 + (.01 * index), .62 + (.03 * index), .72 + (.012 * index)))],
        [.. Ahead.Select((steps, index) => new AccuracyRow(steps, 3_640L * days, .05 + (.03 * index), .07 + (.04 * index), .1 + (.08 * index), .05 + (.03 * index), .5, .8))],
        [new("web_api", 9_000L * days, .11, .14, .3, .11, .7, .81), new("database", 9_200L * days, .16, .15, .28, .16, .8, .75)],
        [new("test-1", 18_000L * days, .12, .15, .3, .12, .7, .79), new("baseline-1", 200L * days, .2, .2, .31, .2, .9, .82)]);
}
