using System.CommandLine;
using System.Globalization;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Training.Scoring;
using TftPortal.Training.Series;

namespace TftPortal.Training.Commands;

/// <summary><c>evaluate</c>: scores a model on the last week of a month beside four simple forecasts, by the protocol of docs/training.md.</summary>
internal static class EvaluateCommand
{
    private const int Every = 96;
    private static readonly int[] Horizons = [12, 96];
    private static readonly Option<string> Model = new("--model") { Description = "The model's folder.", DefaultValueFactory = _ => "models/default" };
    private static readonly Option<string> Data = new("--data") { Description = "Folder with metrics_5min_<month>.csv.gz; the newest month is scored.", Required = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("evaluate", "Scores a model from the 25th day on, an origin every 8 hours.") { Model, Data };
        command.SetAction(parsed => Run(parsed.GetValue(Model)!, parsed.GetValue(Data)!));
        return command;
    }

    private static int Run(string model, string data)
    {
        var file = Directory.GetFiles(data, "metrics_5min_*.csv.gz").Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new InvalidDataException($"{data} has no metrics_5min_<month>.csv.gz.");
        Console.WriteLine($"Reading {Path.GetFileName(file)} …");
        var set = SeriesFile.Read(file);
        var grid = new StepGrid((int)SeriesSet.Step.TotalSeconds);
        var origins = ScoredWeek.Origins(set, grid, Every);
        var scores = new Dictionary<(string Method, Metric Metric, int Horizon), QuantileScore>();
        var done = 0;
        new ForecastReplay(model).Run(set, origins, (index, step, forecast) =>
        {
            Score(set, index, (int)(step - grid.StepOf(set.Servers[index].Start)), forecast, scores);
            if (++done % 300 == 0) Console.WriteLine($"{done} of {origins.Count} origins");
        });
        foreach (var metric in set.Metrics)
        {
            foreach (var horizon in Horizons)
            {
                Console.WriteLine($"{(metric == Metric.CpuIdlePercent ? "cpu_total_pct" : MetricCatalog.Of(metric).Name)}, {horizon} steps");
                foreach (var method in scores.Keys.Where(key => key.Metric == metric && key.Horizon == horizon).Select(key => key.Method))
                {
                    var score = scores[(method, metric, horizon)];
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {method,-20} WQL {score.Wql:F3}  MASE {score.Mase:F3}  coverage {score.Coverage:F3}  windows {score.Windows}"));
                }
            }
        }

        return 0;
    }

    private static void Score(SeriesSet set, int index, int origin, ServerForecast forecast, Dictionary<(string, Metric, int), QuantileScore> scores)
    {
        for (var metric = 0; metric < set.Metrics.Length; metric++)
        {
            var which = set.Metrics[metric];
            var all = set.Servers[index].Values[metric].Select(value => MetricUnits.Convert(which, value)).ToArray();
            var day = all[(origin - InputShape.History)..origin];
            var actual = all[origin..(origin + InputShape.Horizon)];
            if (day.Any(float.IsNaN) || actual.Any(float.IsNaN) || forecast.Of(which) is not { } predicted) continue;
            var definition = MetricCatalog.Of(which);
            var scale = SeasonalScale(all, origin, definition.IsPercentage ? .1 : .001);
            Add(forecast.ModelType == ForecastSource.Tft ? "tft" : "baseline", Predicted(predicted, which));
            foreach (var (name, make) in SimpleForecasts.All) Add(name, make(day, definition.Maximum));

            void Add(string method, float[][] quantiles)
            {
                foreach (var horizon in Horizons)
                {
                    if (!scores.TryGetValue((method, which, horizon), out var score)) scores[(method, which, horizon)] = score = new();
                    score.Add(actual.AsSpan(0, horizon), quantiles[0], quantiles[1], quantiles[2], scale);
                }
            }
        }
    }

    private static float[][] Predicted(MetricForecast forecast, Metric metric)
    {
        float[][] quantiles = [new float[forecast.Steps], new float[forecast.Steps], new float[forecast.Steps]];
        forecast.CopyTo(QuantileLevels.P10, quantiles[0]);
        forecast.CopyTo(QuantileLevels.P50, quantiles[1]);
        forecast.CopyTo(QuantileLevels.P90, quantiles[2]);
        if (!MetricUnits.IsComplement(metric)) return quantiles;
        return [.. quantiles.Reverse().Select(values => values.Select(value => MetricUnits.Convert(metric, value)).ToArray())];
    }

    private static double SeasonalScale(float[] all, int origin, double floor)
    {
        double sum = 0;
        var count = 0;
        for (var step = Math.Max(InputShape.History, origin - InputShape.Week); step < origin; step++)
        {
            var difference = Math.Abs(all[step] - all[step - InputShape.History]);
            if (float.IsNaN(difference)) continue;
            sum += difference;
            count++;
        }

        return Math.Max(floor, count > 0 ? sum / count : 0);
    }
}
