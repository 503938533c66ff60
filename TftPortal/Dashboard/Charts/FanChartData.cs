using System.Runtime.InteropServices;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Charts;

/// <summary>What a chart needs beside its numbers. The names are read by <c>wwwroot/js/fan-chart.js</c>.</summary>
/// <param name="FirstMilliseconds">When the first step of history begins, since 1970 UTC.</param>
/// <param name="StepMilliseconds">Length of a step.</param>
/// <param name="History">Steps of history.</param>
/// <param name="Horizon">Steps ahead; 0 while there is no forecast.</param>
/// <param name="NowMilliseconds">Where the now line stands.</param>
/// <param name="Label">The metric's name.</param>
/// <param name="Unit">Its unit; empty for a plain number.</param>
/// <param name="Maximum">Its largest valid value; null where there is none.</param>
/// <param name="Warning">Warning threshold; null where there is none.</param>
/// <param name="Critical">Critical threshold; null where there is none.</param>
/// <param name="Source">Who forecast: <c>tft</c>, <c>baseline</c> or <c>computed</c>.</param>
/// <param name="HasSpan">Whether the history comes with its least and largest values: the numbers are then the mean, the least and the largest of every point of history, and no forecast.</param>
public sealed record FanChartFrame(
    long FirstMilliseconds, long StepMilliseconds, int History, int Horizon, long NowMilliseconds,
    string Label, string Unit, float? Maximum, float? Warning, float? Critical, string Source, bool HasSpan = false);

/// <summary>One metric's past and forecast as a browser takes it: a frame, and the numbers as little-endian float32, NaN where there is none.</summary>
/// <param name="Frame">What stands round the numbers.</param>
/// <param name="Values">History, then p10, p50 and p90 of every step ahead.</param>
/// <param name="Summary">The chart in words, for who cannot see it.</param>
public sealed record FanChartData(FanChartFrame Frame, byte[] Values, string Summary) : IChartData
{
    object IChartData.Frame => Frame;

    /// <summary>Steps of history that a chart shows: 6 hours of 5-minute steps.</summary>
    public const int HistorySteps = 72;

    /// <summary>Prepares a chart of a metric that the server sends.</summary>
    public static FanChartData Of(MetricDefinition metric, ServerOutlook server, FleetOutlook outlook, ChartThresholds thresholds)
    {
        var grid = outlook.Grid;
        var forecast = server.Forecast.Of(metric.Metric);
        var firstAhead = forecast is null ? outlook.FirstStep : grid.StepOf(server.Forecast.FirstStep);
        var horizon = forecast?.Steps ?? 0;
        var values = new float[HistorySteps + (3 * horizon)];
        server.Server.History.CopyTo(metric.Metric, firstAhead - HistorySteps, values.AsSpan(0, HistorySteps));
        if (forecast is not null)
        {
            forecast.CopyTo(QuantileLevels.P10, values.AsSpan(HistorySteps, horizon));
            forecast.CopyTo(QuantileLevels.P50, values.AsSpan(HistorySteps + horizon, horizon));
            forecast.CopyTo(QuantileLevels.P90, values.AsSpan(HistorySteps + (2 * horizon), horizon));
        }

        var frame = new FanChartFrame(
            grid.StartOf(firstAhead - HistorySteps).ToUnixTimeMilliseconds(), grid.StepMilliseconds, HistorySteps, horizon,
            outlook.Time.ToUnixTimeMilliseconds(), metric.Label, metric.Unit, float.IsFinite(metric.Maximum) ? metric.Maximum : null,
            thresholds.Warning, thresholds.Critical, forecast is null ? "" : Names.Of(forecast.Source));
        return new(frame, MemoryMarshal.AsBytes<float>(values).ToArray(), Describe(metric, server, forecast, grid));
    }

    private static string Describe(MetricDefinition metric, ServerOutlook server, MetricForecast? forecast, StepGrid grid)
    {
        var now = $"{metric.Label}: now {Figures.Of(metric, server.Server.Latest[(int)metric.Metric])}";
        if (forecast is null) return now + ", not forecast yet.";
        var last = forecast.Steps - 1;
        return $"{now}, median forecast {Figures.Of(metric, forecast.At(QuantileLevels.P50, last))} in {Ages.Words(forecast.Steps * grid.Length)}, "
            + $"10 to 90 percent: {Figures.Of(metric, forecast.At(QuantileLevels.P10, last))} to {Figures.Of(metric, forecast.At(QuantileLevels.P90, last))}, by {Names.Of(forecast.Source)}.";
    }
}
