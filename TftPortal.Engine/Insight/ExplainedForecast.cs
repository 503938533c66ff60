using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;

namespace TftPortal.Engine.Insight;

/// <summary>A forecast that is to be explained.</summary>
/// <param name="Server">Whose.</param>
/// <param name="Gauge">Of what.</param>
/// <param name="Forecast">The forecast of the gauge's metric.</param>
/// <param name="Steps">How many steps ahead count.</param>
/// <param name="Present">What the gauge reads now; NaN where that is not fresh.</param>
/// <param name="Grid">The time grid.</param>
internal sealed record ExplainedForecast(ServerOutlook Server, Gauge Gauge, MetricForecast Forecast, int Steps, float Present, StepGrid Grid)
{
    /// <summary>The first step ahead.</summary>
    public long FirstStep { get; } = Grid.StepOf(Server.Forecast.FirstStep);

    /// <summary>A danger as it is told.</summary>
    public ExplainedDanger Told(Danger danger) => new(
        danger.Severity, Gauge.Shown(danger.Threshold), Gauge.IsBelow, (int)Math.Round(Steps * Grid.Length.TotalMinutes), danger.Probability, danger.IsBreaching,
        Grid.StartOf(FirstStep + (danger.IsBreaching ? 0 : Breach.Of(Gauge, Forecast, danger.Threshold, Steps).Step)));

    /// <summary>What a forecast of the metric expects for the last step that counts.</summary>
    public ExpectedLevel Expected(MetricForecast forecast)
    {
        var step = Math.Min(Steps, forecast.Steps) - 1;
        double[] levels = [At(QuantileLevels.P10), At(QuantileLevels.P50), At(QuantileLevels.P90)];
        Array.Sort(levels); // a gauge below which the danger lies has its quantiles the other way round
        return new(Grid.StartOf(FirstStep + step), levels[0], levels[1], levels[2]);

        double At(int quantile) => Gauge.Shown(Gauge.At(forecast, quantile, step));
    }

    /// <summary>What another metric does to the forecast.</summary>
    /// <param name="metric">The other metric.</param>
    /// <param name="with">The forecast as it is.</param>
    /// <param name="without">The forecast without that metric.</param>
    public Influence InfluenceOf(MetricDefinition metric, MetricForecast with, MetricForecast without)
    {
        double apart = 0, wide = 0;
        for (var step = 0; step < Steps; step++)
        {
            apart += Math.Abs(with.At(QuantileLevels.P50, step) - without.At(QuantileLevels.P50, step));
            wide += with.At(QuantileLevels.P90, step) - with.At(QuantileLevels.P10, step);
        }

        return new(metric.Name, Expected(with).P50 - Expected(without).P50, wide > 0 ? apart / wide : 0);
    }
}
