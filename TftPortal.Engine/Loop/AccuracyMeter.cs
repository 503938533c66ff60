using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using TftPortal.Engine.Accuracy;

namespace TftPortal.Engine.Loop;

/// <summary>How right the forecasts of the last 24 hours were, and what saying so costs, under the engine's meter.</summary>
internal sealed class AccuracyMeter
{
    private readonly Histogram<double> durations;

    /// <summary>Makes the instruments.</summary>
    public AccuracyMeter(IMeterFactory factory, AccuracyBoard board)
    {
        var meter = factory.Create(EngineMeter.Name);
        durations = meter.CreateHistogram("tft.accuracy.duration", "s", "How long scoring a picture's forecasts took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 0.1, 0.5, 1, 5, 10] });
        meter.CreateObservableGauge("tft.accuracy.wql", () => Day(board).SelectMany(Losses), description: "Weighted quantile loss of the last 24 hours by metric and forecaster; lower is better.");
        meter.CreateObservableGauge("tft.accuracy.mase", () => Day(board).SelectMany(row => Measured(row.Mase, row.Of)), description: "Mean absolute scaled error of the model's median, last 24 hours.");
        meter.CreateObservableGauge("tft.accuracy.coverage", () => Day(board).SelectMany(row => Measured(row.Coverage, row.Of)), description: "Share of what was measured within the model's p10 and p90, last 24 hours; .80 is right.");
        meter.CreateObservableGauge("tft.accuracy.points", () => Day(board).SelectMany(row => Measured(row.Points, row.Of)), unit: "{point}", description: "Scored forecast points of the last 24 hours.");
        meter.CreateObservableGauge("tft.guard.metrics", () => board.Latest.GuardedMetrics, unit: "{metric}", description: "Metrics of servers for which the baseline answers in the network's place.");
    }

    /// <summary>A picture was scored.</summary>
    public void Scored(TimeSpan took) => durations.Record(took.TotalSeconds);

    private static IEnumerable<Measurement<double>> Losses(AccuracyRow row) =>
        [.. Measured(row.Wql, row.Of, "model"), .. Measured(row.BaselineWql, row.Of, "baseline"), .. Measured(row.LastValueWql, row.Of, "last_value"), .. Measured(row.AnsweredWql, row.Of, "answered")];

    private static ImmutableArray<AccuracyRow> Day(AccuracyBoard board) => board.Latest.Windows[0].Metrics;

    private static IEnumerable<Measurement<double>> Measured(double? value, string metric, string? forecaster = null)
    {
        if (value is not { } known) yield break;
        yield return forecaster is null ? new(known, new KeyValuePair<string, object?>("metric", metric)) : new(known, new("metric", metric), new("forecaster", forecaster));
    }
}
