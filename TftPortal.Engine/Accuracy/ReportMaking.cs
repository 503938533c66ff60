using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>Makes the picture of the scores.</summary>
internal sealed class ReportMaking(FleetScores fleet)
{
    private const int MostServers = 20, MostGuarded = 100;
    private const float FewestPoints = 30;
    private static readonly (string Name, int Hours)[] Lengths = [("24h", 24), ("7d", 7 * 24)];

    /// <summary>Makes it.</summary>
    /// <param name="picture">The picture that was scored last.</param>
    /// <param name="tracks">What is kept of its servers.</param>
    public AccuracyReport Make(FleetOutlook picture, IReadOnlyCollection<ServerTrack> tracks)
    {
        var next = tracks.Count == 0 ? long.MaxValue : tracks.Min(track => track.NextStep);
        var guarded = tracks.Where(track => track.Guarded != 0).OrderBy(track => track.Server, StringComparer.Ordinal).ToList();
        return new()
        {
            Time = picture.Time,
            ModelVersion = picture.ModelVersion,
            Windows = [.. Lengths.Select(length => Window(length.Name, FleetScores.PartOf(picture.Time) - (length.Hours / FleetScores.PartHours) + 1, picture.ModelVersion))],
            WorstServers = [.. tracks.Select(track => Of(track, picture)).OfType<ServerAccuracy>().OrderByDescending(server => server.AgainstBaseline).ThenBy(server => server.Server, StringComparer.Ordinal).Take(MostServers)],
            GuardedMetrics = guarded.Sum(track => int.PopCount(track.Guarded)),
            Guarded = [.. guarded.Take(MostGuarded).Select(track => new GuardedServer(track.Server, [.. Enumerable.Range(0, TrackLayout.Metrics).Where(metric => (track.Guarded & (1 << metric)) != 0).Select(metric => (Metric)metric)]))],
            ServersFollowed = tracks.Count,
            NextScoreAt = next == long.MaxValue ? null : picture.Grid.StartOf(next + 1 + TrackLayout.Grace),
        };
    }

    private AccuracyWindow Window(string name, long from, string version)
    {
        var sums = fleet.Sum(from, scored => scored == version);
        return new(name, fleet.Sum(from, _ => true).Sum(cell => (long)cell.Points), Metrics(sums),
            Rows(sums, TrackLayout.HorizonCount, (cell, step) => cell / FleetScores.Profiles % TrackLayout.HorizonCount == step, step => TrackLayout.Horizons[step].ToString(CultureInfo.InvariantCulture)),
            Rows(sums, FleetScores.Profiles, (cell, profile) => cell % FleetScores.Profiles == profile, profile => WireNames.Profiles[profile]),
            [.. fleet.Versions.Keys.Order(StringComparer.Ordinal).Select(one => Mean(one, fleet.Sum(from, scored => scored == one), _ => true)).Where(row => row.Points > 0)]);
    }

    private static ImmutableArray<AccuracyRow> Metrics(ScoreCell[] sums) =>
        [.. Enumerable.Range(0, TrackLayout.Metrics).Select(metric => Sum(sums, cell => MetricOf(cell) == metric).Row(MetricCatalog.All[metric].Name)).Where(row => row.Points > 0)];

    private static ImmutableArray<AccuracyRow> Rows(ScoreCell[] sums, int count, Func<int, int, bool> isOf, Func<int, string> name) =>
        [.. Enumerable.Range(0, count).Select(one => Mean(name(one), sums, cell => isOf(cell, one))).Where(row => row.Points > 0)];

    /// <summary>The mean over the metrics: their units differ, so that their losses can't be added up.</summary>
    private static AccuracyRow Mean(string of, ScoreCell[] sums, Func<int, bool> isOf)
    {
        var metrics = Enumerable.Range(0, TrackLayout.Metrics).Select(metric => Sum(sums, cell => MetricOf(cell) == metric && isOf(cell)).Row("")).Where(row => row.Points > 0).ToList();
        return new(of, metrics.Sum(row => row.Points), metrics.Average(row => row.Wql), metrics.Average(row => row.BaselineWql), metrics.Average(row => row.LastValueWql), metrics.Average(row => row.AnsweredWql), metrics.Average(row => row.Mase), metrics.Average(row => row.Coverage));
    }

    private static ScoreCell Sum(ScoreCell[] sums, Func<int, bool> isOf)
    {
        var sum = default(ScoreCell);
        for (var cell = 0; cell < sums.Length; cell++)
        {
            if (isOf(cell)) sum.Add(sums[cell]);
        }

        return sum;
    }

    private static int MetricOf(int cell) => cell / (TrackLayout.HorizonCount * FleetScores.Profiles);

    private static ServerAccuracy? Of(ServerTrack track, FleetOutlook picture)
    {
        double points = 0, wql = 0, baselineWql = 0, against = 0;
        var metrics = 0;
        for (var metric = 0; metric < TrackLayout.Metrics; metric++)
        {
            var (network, baseline, truth, count) = track.Scores.Of(1, metric);
            points += count;
            var nothing = count * Fineness.Of((Metric)metric) / 10; // both are perfect below it
            if (count == 0 || truth <= 0) continue;
            wql += network / truth;
            baselineWql += baseline / truth;
            against += Math.Log((network + nothing) / (baseline + nothing));
            metrics++;
        }

        return points < FewestPoints || metrics == 0 || !picture.ByName.TryGetValue(track.Server, out var server)
            ? null
            : new(track.Server, server.Server.Profile, points, wql / metrics, baselineWql / metrics, Math.Exp(against / metrics));
    }
}
