using System.CommandLine;
using System.Globalization;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;
using TftPortal.Training.Scoring;
using TftPortal.Training.Series;

namespace TftPortal.Training.Commands;

/// <summary><c>calibrate</c>: how often a stated probability of reaching a threshold within 1 and 8 hours comes true, for servers below it at the time, and for fleets of 20 of them.</summary>
internal static class CalibrateCommand
{
    private const int Every = 24, FleetSize = 20;
    private static readonly int[] Horizons = [12, 96];
    private static readonly (string Gauge, float Threshold)[] Watches = [(Gauge.CpuUsed, 80), (Gauge.CpuUsed, 95), ("mem_used_pct", 70), ("mem_used_pct", 90)];
    private static readonly Option<string> Model = new("--model") { Description = "The model's folder.", DefaultValueFactory = _ => "models/default" };
    private static readonly Option<string> Input = new("--input") { Description = "metrics_5min_<month>.csv.gz; scored from the 25th day on, an origin every 2 hours.", Required = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("calibrate", "Compares stated probabilities of reaching a threshold with what happened.") { Model, Input };
        command.SetAction(parsed => Run(parsed.GetValue(Model)!, parsed.GetValue(Input)!));
        return command;
    }

    private static int Run(string model, string input)
    {
        var set = SeriesFile.Read(input);
        var grid = new StepGrid((int)SeriesSet.Step.TotalSeconds);
        var origins = ScoredWeek.Origins(set, grid, Every);
        List<(string Watch, int Horizon, long Step, double Probability, bool Happened)> said = [];
        var done = 0;
        new ForecastReplay(model).Run(set, origins, (index, step, forecast) =>
        {
            foreach (var (name, threshold) in Watches)
            {
                Gauge.TryFind(name, out var gauge);
                var metric = Array.IndexOf(set.Metrics, gauge.Metric);
                if (metric < 0 || forecast.Of(gauge.Metric) is not { } ahead) continue;
                var origin = (int)(step - grid.StepOf(set.Servers[index].Start));
                var values = set.Servers[index].Values[metric].AsSpan(origin - 1, InputShape.Horizon + 1).ToArray();
                if (values.Any(float.IsNaN) || IsReached(values[0])) continue;
                foreach (var horizon in Horizons)
                {
                    said.Add((string.Create(CultureInfo.InvariantCulture, $"{name} >= {threshold}"), horizon, step,
                        gauge.ProbabilityWithin(ahead, threshold, horizon), values.Skip(1).Take(horizon).Any(IsReached)));
                }

                bool IsReached(float value) => (gauge.IsInverted ? 100 - value : value) >= threshold;
            }

            if (++done % 300 == 0) Console.WriteLine($"{done} of {origins.Count} origins");
        });

        foreach (var group in said.GroupBy(one => (one.Watch, one.Horizon)))
        {
            Print($"{group.Key.Watch} within {group.Key.Horizon} steps", group.Select(one => (one.Probability, one.Happened)));
            Print($"{group.Key.Watch} within {group.Key.Horizon} steps, any of {FleetSize} servers", group.GroupBy(one => one.Step)
                .SelectMany(moment => moment.Chunk(FleetSize).Where(fleet => fleet.Length == FleetSize))
                .Select(fleet => (FleetScorer.AnyServer(fleet.Select(one => one.Probability)), fleet.Any(one => one.Happened))));
        }

        return 0;
    }

    private static void Print(string title, IEnumerable<(double Probability, bool Happened)> said)
    {
        var calibration = new Calibration();
        foreach (var (probability, happened) in said) calibration.Add(probability, happened);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {calibration.Count} times, Brier {calibration.Brier:F4}"));
        foreach (var (times, mean, share) in calibration.Tenths.Where(tenth => tenth.Times > 0))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  said {mean:F2}  happened {share:F2}  times {times}"));
    }
}
