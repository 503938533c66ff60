using System.CommandLine;
using System.Globalization;
using TftPortal.Engine.Backtest;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Risk;
using TftPortal.Training.Scoring;
using TftPortal.Training.Scoring.Incidents;
using TftPortal.Training.Series;

namespace TftPortal.Training.Commands;

/// <summary><c>incidents</c>: how many incidents each rule of warning saw coming, how early, and at what price in false alarms.</summary>
internal static class IncidentsCommand
{
    private const int MinutesAStep = 5, Candidates = 400;
    private static readonly double[] Prices = [.1, .25];
    private static readonly string[] Rules = ["value now", "old rule: line crosses", "median crosses", "value + 7-day p90", "forecast alone", "week alone", "forecast and week (ours)"];
    private const int ForecastRule = 4, WeekRule = 5, OddsRule = 6;
    private static readonly Option<string> Model = new("--model") { Description = "The model's folder.", DefaultValueFactory = _ => "models/default" };
    private static readonly Option<string> Input = new("--input") { Description = "metrics_5min_<month>.csv.gz; scored from the 25th day on, every step.", Required = true };
    private static readonly Option<string> Measure = new("--gauge") { Description = "What is watched: a metric, or cpu_used_pct for 100 - idle.", DefaultValueFactory = _ => Gauge.CpuUsed };
    private static readonly Option<bool> Fit = new("--fit") { Description = "Fits the weights of forecast and week too (Risk/IncidentOdds.cs)." };
    private static readonly Option<float> Threshold = new("--threshold") { Description = "From which value on it is an incident.", DefaultValueFactory = _ => 80 };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("incidents", "Scores rules of warning on incidents: recall, lead and false alarms.") { Model, Input, Measure, Threshold, Fit };
        command.SetAction(parsed => Run(parsed.GetValue(Model)!, parsed.GetValue(Input)!, parsed.GetValue(Measure)!, parsed.GetValue(Threshold), parsed.GetValue(Fit)));
        return command;
    }

    private static int Run(string model, string input, string measure, float threshold, bool fit)
    {
        if (!Gauge.TryFind(measure, out var gauge)) throw new InvalidDataException($"--gauge {measure} is no measure; there are {string.Join(", ", Gauge.All.Select(one => one.Name))}.");
        var set = SeriesFile.Read(input);
        var metric = Array.IndexOf(set.Metrics, gauge.Metric);
        if (metric < 0) throw new InvalidDataException($"{input} has no {MetricCatalog.Of(gauge.Metric).Name}.");
        var grid = new StepGrid((int)SeriesSet.Step.TotalSeconds);
        var values = set.Servers.Select(server => server.Values[metric].Select(value => gauge.IsInverted ? 100 - value : value).ToArray()).ToArray();
        var watches = values.Select(one => IncidentWatch.Of(one, threshold, Math.Min(ScoredWeek.FirstStep, one.Length))).ToArray();
        var scores = watches.Select(watch => Rules.Select(_ => Enumerable.Repeat(double.NegativeInfinity, watch.Steps).ToArray()).ToArray()).ToArray();
        var origins = Origins(set, grid);
        var done = 0;
        new ForecastReplay(model).Run(set, origins, (index, step, forecast) =>
        {
            var origin = (int)(step - grid.StepOf(set.Servers[index].Start)); // the first step ahead; the one before it is the last known
            var known = values[index].AsSpan(0, origin);
            double[] now = [WarningRules.Present(known), WarningRules.OldLine(known), double.NegativeInfinity, WarningRules.PresentAndWeek(known), 0, 0, 0];
            now[WeekRule] = Precedents.Share(known[^Math.Min(known.Length, InputShape.Week)..], threshold);
            if (forecast.Of(gauge.Metric) is { } ahead)
            {
                now[2] = WarningRules.Median(gauge, ahead);
                now[ForecastRule] = gauge.IncidentProbability(ahead, threshold, InputShape.Hour);
                now[OddsRule] = IncidentOdds.Probability(now[ForecastRule], now[WeekRule], known: 1);
            }

            for (var rule = 0; rule < Rules.Length; rule++) scores[index][rule][origin - 1 - ScoredWeek.FirstStep] = now[rule];
            if (++done % 10_000 == 0) Console.WriteLine($"{done} of {origins.Count} origins");
        });

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{measure} >= {threshold}: {watches.Sum(watch => watch.Onsets.Length)} onsets, {watches.Count(watch => watch.Onsets.Length > 0)} of {watches.Length} servers, {watches.Sum(watch => watch.Steps) / (double)InputShape.History:F0} server-days"));
        foreach (var price in Prices)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at most {price} false alarms a server-day"));
            for (var rule = 0; rule < Rules.Length; rule++)
            {
                var (best, from) = Best(watches, scores, rule, price);
                Print(Rules[rule], best, from);
            }
        }

        PrintCalibration(watches, scores);
        if (fit) PrintFit(watches, scores);
        return 0;
    }

    private static void PrintCalibration(IncidentWatch[] watches, double[][][] scores)
    {
        foreach (var rule in (int[])[ForecastRule, OddsRule])
        {
            var calibration = new Calibration();
            foreach (var (server, step, isFollowed) in Outcomes(watches)) calibration.Add(scores[server][rule][step], isFollowed);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rules[rule]}: {calibration.Count} times, Brier {calibration.Brier:F5}"));
            foreach (var (times, mean, share) in calibration.Tenths.Where(tenth => tenth.Times > 0))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  said {mean:F2}  happened {share:F2}  times {times}"));
        }
    }

    private static void PrintFit(IncidentWatch[] watches, double[][][] scores)
    {
        var fit = new LogisticFit();
        foreach (var (server, step, isFollowed) in Outcomes(watches)) fit.Add(IncidentOdds.Logit(scores[server][ForecastRule][step]), IncidentOdds.Logit(scores[server][WeekRule][step]), isFollowed);
        var weights = fit.Solve();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fit: logit = {weights[0]:F3} forecast + {weights[1]:F3} week + {weights[2]:F3}"));
    }

    /// <summary>Every step at which an alert may count, and whether an incident began within the hour after it.</summary>
    private static IEnumerable<(int Server, int Step, bool IsFollowed)> Outcomes(IncidentWatch[] watches)
    {
        for (var server = 0; server < watches.Length; server++)
        {
            var next = 0;
            for (var step = 0; step + InputShape.Hour < watches[server].Steps; step++)
            {
                if (!watches[server].IsArmed[step]) continue;
                var onsets = watches[server].Onsets;
                while (next < onsets.Length && onsets[next] <= step) next++;
                yield return (server, step, next < onsets.Length && onsets[next] - step <= InputShape.Hour);
            }
        }
    }

    private static (AlarmScore Best, double From) Best(IncidentWatch[] watches, double[][][] scores, int rule, double price)
    {
        var sorted = scores.SelectMany((one, index) => one[rule].Where((_, step) => watches[index].IsArmed[step])).Where(double.IsFinite).OrderDescending().ToArray();
        var best = (Score: new AlarmScore(), From: double.PositiveInfinity);
        for (var server = 0; server < watches.Length; server++) best.Score.Add(watches[server], scores[server][rule], best.From);
        for (var candidate = 1; candidate <= Candidates; candidate++)
        {
            // Denser where alerts are rare: the prices that matter lie among the highest scores.
            var from = sorted[(int)((sorted.Length - 1) * Math.Pow(candidate / (double)Candidates, 3))];
            var score = new AlarmScore();
            for (var server = 0; server < watches.Length; server++) score.Add(watches[server], scores[server][rule], from);
            if (score.FalseAlarmsADay <= price && score.Recall > best.Score.Recall) best = (score, from);
        }

        return best;
    }

    private static List<(int Series, long Step)> Origins(SeriesSet set, StepGrid grid)
    {
        List<(int Series, long Step)> origins = [];
        for (var index = 0; index < set.Servers.Count; index++)
        {
            var start = grid.StepOf(set.Servers[index].Start);
            for (var origin = ScoredWeek.FirstStep + 1; origin <= set.Servers[index].Length; origin++) origins.Add((index, start + origin));
        }

        return origins;
    }

    private static void Print(string rule, AlarmScore score, double from) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {rule,-24} recall {score.Recall:F3}  with 15 min of lead {score.RecallWithLead(15 / MinutesAStep):F3}  false alarms a server-day {score.FalseAlarmsADay:F3}  precision {score.Precision:F2}  median lead {score.MedianLead * MinutesAStep:F0} min  from {from:G3}"));
}
