using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;

namespace TftPortal.Engine.Accuracy;

/// <summary>Scores a server's kept forecasts whose step has closed, and judges by it who is to answer for each metric. One call at a time.</summary>
internal sealed class PointScoring(FleetScores fleet, string baselineVersion, StepGrid grid)
{
    private readonly double stepsOfDay = 86_400.0 / grid.StepSeconds;

    /// <summary>Scores them.</summary>
    /// <param name="track">What is kept.</param>
    /// <param name="server">The server, whose past says what happened.</param>
    /// <param name="closed">The newest step that counts as closed.</param>
    public ServerTrack Score(ServerTrack track, ServerSnapshot server, long closed)
    {
        var scores = track.Scores.FadedTo(closed, stepsOfDay);
        Span<float> network = stackalloc float[TrackLayout.Quantiles], baseline = stackalloc float[TrackLayout.Quantiles];
        for (var horizon = 0; horizon < TrackLayout.HorizonCount; horizon++)
        {
            for (var number = track.Newest - TrackLayout.Pending(horizon) + 1; number <= track.Newest; number++)
            {
                if (track.FirstOf(number) is not { } first) continue;
                var target = first + TrackLayout.Horizons[horizon] - 1;
                if (target <= track.ScoredTo || target > closed) continue;
                for (var metric = 0; metric < TrackLayout.Metrics; metric++)
                {
                    var truth = server.History.At((Metric)metric, target);
                    if (float.IsNaN(truth) || !TryRead(track, TrackLayout.Baseline(horizon, number, metric), metric, baseline)) continue;
                    var isNetwork = TryRead(track, TrackLayout.Network(horizon, number, metric), metric, network);
                    var cell = CellOf(track, number, metric, truth, isNetwork ? network : baseline, baseline);
                    if (isNetwork) scores.Add(metric, (float)cell.Model, (float)cell.Baseline, truth);
                    fleet.Of(isNetwork ? track.ModelVersion : baselineVersion, FleetScores.PartOf(grid.StartOf(target)))[FleetScores.Cell(metric, horizon, (int)server.Profile)].Add(cell);
                }
            }
        }

        return track with { ScoredTo = closed, NextStep = track.NextAfter(closed), Scores = scores, Guarded = Judge(track.Guarded, scores) };
    }

    private static ScoreCell CellOf(ServerTrack track, long number, int metric, float truth, ReadOnlySpan<float> model, ReadOnlySpan<float> baseline)
    {
        var (loss, simple) = (PointScore.Loss(truth, model), PointScore.Loss(truth, baseline));
        var isReplaced = (track.Replaced[number % TrackLayout.Origins] & (1 << metric)) != 0;
        var scale = MetricCodec.Decode((Metric)metric, track.Codes[TrackLayout.Scale(number, metric)]);
        return new()
        {
            Points = 1,
            Truth = Math.Abs(truth),
            Model = loss,
            Baseline = simple,
            Last = PointScore.Loss(truth, MetricCodec.Decode((Metric)metric, track.Codes[TrackLayout.Last(number, metric)])),
            Answered = isReplaced ? simple : loss,
            Covered = truth >= model[0] && truth <= model[^1] ? 1 : 0,
            Scaled = float.IsNaN(scale) ? 0 : Math.Abs(truth - model[1]) / scale,
            ScaledPoints = float.IsNaN(scale) ? 0 : 1,
        };
    }

    private static ushort Judge(ushort guarded, FadingScores scores)
    {
        var judged = 0;
        for (var metric = 0; metric < TrackLayout.Metrics; metric++)
        {
            var (network, baseline, _, points) = scores.Of(0, metric);
            if (ForecastGuard.IsBaselineBetter((guarded & (1 << metric)) != 0, network, baseline, points, Fineness.Of((Metric)metric))) judged |= 1 << metric;
        }

        return (ushort)judged;
    }

    private static bool TryRead(ServerTrack track, int start, int metric, Span<float> quantiles)
    {
        MetricCodec.Decode((Metric)metric, track.Codes.AsSpan(start, TrackLayout.Quantiles), quantiles);
        return !float.IsNaN(quantiles[0]);
    }
}
