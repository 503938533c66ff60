using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;

namespace TftPortal.Dashboard.Charts;

/// <summary>One metric's past and forecast as a browser takes it: a frame, and the numbers as little-endian float32, NaN where there is none.</summary>
/// <param name="Frame">What stands round the numbers.</param>
/// <param name="Values">History; where it has a span its least and its largest values; then each of <see cref="Quantiles"/> over the steps ahead.</param>
/// <param name="Summary">The chart in words, for who cannot see it.</param>
public sealed record FanChartData(FanChartFrame Frame, byte[] Values, string Summary) : IChartData
{
    object IChartData.Frame => Frame;

    /// <summary>The quantiles that are drawn, by their index: p02, p10, p50, p90, p98.</summary>
    public static ImmutableArray<int> Quantiles { get; } = [QuantileLevels.P02, QuantileLevels.P10, QuantileLevels.P50, QuantileLevels.P90, QuantileLevels.P98];

    /// <summary>How many steps of a forecast lie within some time.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="grid">The time grid.</param>
    /// <param name="ahead">How far ahead is looked: at least one step is shown.</param>
    public static int StepsWithin(MetricForecast forecast, StepGrid grid, TimeSpan ahead) => (int)Math.Clamp(Math.Ceiling(ahead / grid.Length), 1, forecast.Steps);

    /// <summary>Where the past ends: with the forecast's first step, or with the step that is not over yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="outlook">The picture.</param>
    public static long EndOfPast(ServerOutlook server, FleetOutlook outlook) =>
        server.Forecast.Metrics.Any(forecast => forecast is not null) ? outlook.Grid.StepOf(server.Forecast.FirstStep) : outlook.FirstStep;

    /// <summary>Prepares a chart of a metric that the server sends.</summary>
    /// <param name="metric">Which metric.</param>
    /// <param name="server">The server.</param>
    /// <param name="outlook">The picture that it is of.</param>
    /// <param name="thresholds">Where it becomes a danger.</param>
    /// <param name="past">Its past, up to <see cref="EndOfPast"/>.</param>
    /// <param name="ahead">How far ahead is shown.</param>
    public static FanChartData Of(MetricDefinition metric, ServerOutlook server, FleetOutlook outlook, ChartThresholds thresholds, PastPoints past, TimeSpan ahead)
    {
        var grid = outlook.Grid;
        var forecast = server.Forecast.Of(metric.Metric);
        var horizon = forecast is null ? 0 : StepsWithin(forecast, grid, ahead);
        var (points, columns) = (past.Count, past.IsThinned ? 3 : 1);
        var values = new float[(columns * points) + (Quantiles.Length * horizon)];
        var least = past.IsThinned ? values.AsSpan(points, points) : new float[points];
        var largest = past.IsThinned ? values.AsSpan(2 * points, points) : new float[points];
        past.CopyTo(metric.Metric, values.AsSpan(0, points), least, largest);
        if (forecast is not null)
        {
            var whole = new float[forecast.Steps];
            for (var index = 0; index < Quantiles.Length; index++)
            {
                forecast.CopyTo(Quantiles[index], whole);
                whole.AsSpan(0, horizon).CopyTo(values.AsSpan((columns * points) + (index * horizon)));
            }
        }

        var frame = new FanChartFrame(
            past.FirstMilliseconds, past.PointMilliseconds, points, grid.StartOf(EndOfPast(server, outlook)).ToUnixTimeMilliseconds(), grid.StepMilliseconds, horizon,
            outlook.Time.ToUnixTimeMilliseconds(), metric.Label, metric.Unit, float.IsFinite(metric.Maximum) ? metric.Maximum : null,
            thresholds.Warning, thresholds.Critical, forecast is null ? "" : Names.Of(forecast.Source), past.IsThinned);
        return new(frame, MemoryMarshal.AsBytes<float>(values).ToArray(), Describe(metric, server, forecast, horizon, grid));
    }

    private static string Describe(MetricDefinition metric, ServerOutlook server, MetricForecast? forecast, int horizon, StepGrid grid)
    {
        var now = $"{metric.Label}: now {Figures.Of(metric, server.Server.Latest[(int)metric.Metric])}";
        if (forecast is null) return now + ", not forecast yet.";
        var last = horizon - 1;
        return $"{now}, median forecast {Figures.Of(metric, forecast.At(QuantileLevels.P50, last))} in {Ages.Words(horizon * grid.Length)}, "
            + $"10 to 90 percent: {Figures.Of(metric, forecast.At(QuantileLevels.P10, last))} to {Figures.Of(metric, forecast.At(QuantileLevels.P90, last))}, by {Names.Of(forecast.Source)}.";
    }
}
