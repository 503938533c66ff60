using System.Collections.Immutable;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>
/// The statistical forecaster, for servers of which too little is known for the network, and the measure that the network must beat:
/// seasonal + decayed offset + empirical quantiles where a day is known and that rule was the better one so far, else the last level with its own errors.
/// Wherever it shows it is called <c>baseline</c>.
/// </summary>
internal sealed class BaselineForecaster(StepGrid grid, TimeProvider clock) : IForecaster
{
    private const int Horizon = InputShape.Horizon;

    private readonly BaselineSeries series = new(grid);
    private readonly BaselineErrors lastErrors = new(grid);
    private readonly BaselineErrors seasonalErrors = new(grid);
    private readonly float[] quantiles = new float[Horizon * QuantileLevels.Count];

    /// <inheritdoc/>
    public string Version => "baseline-1";

    /// <inheritdoc/>
    public bool CanForecast(ServerSnapshot server, long firstStep) => server.Records > 0;

    /// <inheritdoc/>
    public void Forecast(IReadOnlyList<ServerSnapshot> servers, long firstStep, Span<ServerForecast?> forecasts, CancellationToken stop)
    {
        for (var index = 0; index < servers.Count; index++)
        {
            stop.ThrowIfCancellationRequested();
            var server = servers[index];
            forecasts[index] = new()
            {
                Server = server.Name,
                FirstStep = grid.StartOf(firstStep),
                ModelType = ForecastSource.Baseline,
                ModelVersion = Version,
                MadeAt = clock.GetUtcNow(),
                Revision = server.Revision,
                Metrics = [.. MetricCatalog.All.Select(metric => Forecast(server, metric.Metric, firstStep))],
            };
        }
    }

    /// <summary>Forecasts one metric, or null where the server never sent it.</summary>
    public MetricForecast? Forecast(ServerSnapshot server, Metric metric, long firstStep)
    {
        if (metric == Metric.UptimeDays) return UptimeForecast.Of(server, grid, firstStep);

        series.Read(server.History, metric, firstStep);
        lastErrors.Take(series, isSeasonal: false);
        if (series.Last < 0)
        {
            // Never sent, or only from ahead of the first step (a host whose clock is fast): then flat, with the general spread.
            var latest = server.Latest[(int)metric];
            return float.IsNaN(latest) ? null : Continue(metric, Math.Min(latest, MetricCodec.Saturation), 1, isSeasonal: false, lastErrors);
        }

        var gap = BaselineSeries.Lookback - series.Last; // steps from the last observed one to the first ahead: 1 as a rule
        var level = series.LevelAt(series.Last);
        var isSeasonal = series.HasDay && KnowsMostOfTheHorizon(gap);
        var errors = lastErrors;
        if (isSeasonal)
        {
            seasonalErrors.Take(series, isSeasonal: true);
            isSeasonal = !seasonalErrors.AreEnough || seasonalErrors.MeanAbsolute <= lastErrors.MeanAbsolute;
            if (isSeasonal && seasonalErrors.AreEnough) errors = seasonalErrors;
        }

        return Continue(metric, level, gap, isSeasonal, errors);
    }

    private MetricForecast Continue(Metric metric, float level, int gap, bool isSeasonal, BaselineErrors errors)
    {
        errors.Weigh(series, metric, level);
        var offset = isSeasonal ? series.OffsetAt(series.Last) : 0;
        var expected = level;
        for (var step = 0; step < Horizon; step++)
        {
            var ahead = gap + step;
            if (isSeasonal && series.Seasonal(series.Last, offset, ahead) is var seasonal && !float.IsNaN(seasonal)) expected = seasonal;
            for (var quantile = 0; quantile < QuantileLevels.Count; quantile++)
            {
                quantiles[(step * QuantileLevels.Count) + quantile] = expected + errors.Offset(quantile, ahead);
            }
        }

        return MetricForecast.From(metric, ForecastSource.Baseline, quantiles);
    }

    private bool KnowsMostOfTheHorizon(int gap)
    {
        var offset = series.OffsetAt(series.Last);
        if (float.IsNaN(offset)) return false;
        var unknown = 0;
        for (var step = 0; step < Horizon; step += 4)
        {
            if (float.IsNaN(series.Seasonal(series.Last, offset, gap + step))) unknown++;
        }

        return unknown <= Horizon / 4 / 10;
    }
}
