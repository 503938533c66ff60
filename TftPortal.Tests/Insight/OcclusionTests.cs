using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Simulation;

namespace TftPortal.Tests.Insight;

/// <summary>What the weights are worth: a metric is taken away, and the forecasts of the others must change the more, the more it weighed.</summary>
public sealed class OcclusionTests
{
    private const int Days = 3;

    /// <summary>
    /// The weights of what is known ahead do tell; those of the past, with the model of November 2026, do not: that is printed, and is why an explanation tells influences by taking away, and calls no weight a cause.
    /// </summary>
    [Fact]
    public void Taking_away_what_weighs_most_ahead_mostly_changes_the_forecasts_more_than_what_weighs_least() => Measure(servers: 14);

    [Fact(Explicit = true)]
    public void The_same_of_28_servers_for_the_docs() => Measure(servers: 28);

    private static void Measure(int servers)
    {
        using var explainer = new AnExplainer();
        using var probe = explainer.Model.Probe();
        List<(Score Past, Score Ahead)> scores = [];
        foreach (var server in new FleetSimulator(servers, seed: 41, troubledShare: .25).Servers)
        {
            var (snapshot, firstStep) = Live(server, Days);
            var focus = probe.Ask([snapshot], firstStep).Focus!;
            Metric[] sent = [.. MetricCatalog.All.Select(metric => metric.Metric).Where(metric => focus.Past[(int)metric] > 0)];
            var forecasts = probe.Ask([snapshot, .. sent.Select(metric => snapshot with { History = snapshot.History.Held(metric, 0, firstStep, float.NaN) })], firstStep).Forecasts;
            double[] changes = [.. sent.Select((metric, index) => Change(forecasts[0], forecasts[index + 1], metric))];
            scores.Add((Score.Of(sent, focus.Past, changes), Score.Of(sent, focus.Future, changes)));
        }

        foreach (var (name, of) in new[] { ("past", scores.Select(score => score.Past).ToList()), ("ahead", scores.Select(score => score.Ahead).ToList()) })
            TestContext.Current.TestOutputHelper?.WriteLine($"Weights of the {name}, {servers} servers: the first changes more than the last in {of.Count(score => score.IsFirstMore)}; rank correlation {of.Average(score => score.Rank):0.00}, from {of.Min(score => score.Rank):0.00} to {of.Max(score => score.Rank):0.00}.");
        Assert.InRange(scores.Count(score => score.Ahead.IsFirstMore), servers * 6 / 10, servers);
        Assert.InRange(scores.Average(score => score.Ahead.Rank), .15, 1);
    }

    /// <summary>How much the medians of the other metrics move, in widths of their 80 % range.</summary>
    private static double Change(ServerForecast with, ServerForecast without, Metric taken)
    {
        var (sum, count) = (0.0, 0);
        foreach (var metric in MetricCatalog.All.Select(metric => metric.Metric).Where(metric => metric != taken && metric != Metric.UptimeDays))
        {
            if (with.Of(metric) is not { } before || without.Of(metric) is not { } after) continue;
            var (moved, wide) = (0.0, 0.0);
            for (var step = 0; step < InputShape.Horizon; step++)
            {
                moved += Math.Abs(after.At(QuantileLevels.P50, step) - before.At(QuantileLevels.P50, step));
                wide += before.At(QuantileLevels.P90, step) - before.At(QuantileLevels.P10, step);
            }

            if (wide <= 0) continue;
            sum += moved / wide;
            count++;
        }

        return count > 0 ? sum / count : 0;
    }

    /// <summary>A server as a window has it after some days of simulation, and the first step after.</summary>
    internal static (ServerSnapshot Server, long FirstStep) Live(ServerSimulator server, int days)
    {
        var batch = new ReadingBatch();
        var values = new float[MetricCatalog.Count];
        for (var step = -days * 288; step < 0; step++)
        {
            if (server.Advance(AReading.Noon.AddMinutes(5 * step), values)) batch.Add(server.Name, AReading.Noon.AddMinutes(5 * step).ToUnixTimeMilliseconds(), server.Profile, ServerStatus.Healthy, values);
        }

        var window = AWindow.Empty();
        window.Apply(batch, AReading.Noon.AddMilliseconds(-1));
        return (window.Snapshot(AReading.Noon.AddMilliseconds(-1)).Server(server.Name), AWindow.Grid.StepOf(AReading.Noon));
    }

    private static double Spearman(double[] one, double[] other)
    {
        var (x, y) = (Ranks(one), Ranks(other));
        double count = x.Length, distance = x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();
        return 1 - (6 * distance / (count * ((count * count) - 1)));
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(index => values[index]).ToArray();
        var ranks = new double[values.Length];
        for (var place = 0; place < order.Length; place++) ranks[order[place]] = place;
        return ranks;
    }

    private sealed record Score(bool IsFirstMore, double Rank)
    {
        public static Score Of(Metric[] sent, float[] weights, double[] changes)
        {
            double[] shares = [.. sent.Select(metric => (double)weights[(int)metric])];
            return new(changes[Array.IndexOf(shares, shares.Max())] > changes[Array.IndexOf(shares, shares.Min())], Spearman(shares, changes));
        }
    }
}
