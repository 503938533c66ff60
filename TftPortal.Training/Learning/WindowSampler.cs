using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Training.Series;

namespace TftPortal.Training.Learning;

/// <summary>Draws windows from a set of series: a past, as the portal would have seen it, and what happened in the 96 steps after.</summary>
/// <param name="set">The series.</param>
/// <param name="end">For each series, the step before which every target ends.</param>
internal sealed class WindowSampler(SeriesSet set, IReadOnlyList<int> end)
{
    private const int FewestHistory = 288;
    private readonly InputEncoder encoder = new();
    private readonly float[] week = new float[set.Metrics.Length * InputShape.Week];
    private readonly float[] target = new float[InputShape.Horizon];
    private readonly int[] usable = [.. Enumerable.Range(0, set.Servers.Count).Where(index => end[index] - InputShape.Horizon > FewestHistory)];

    /// <summary>The series.</summary>
    public SeriesSet Set => set;

    /// <summary>Fills a batch with windows drawn at random, some of them with a shortened past, gaps or metrics taken away, as real fleets have them.</summary>
    public void Draw(TrainingBatch batch, Random random, bool augment)
    {
        for (var slot = 0; slot < batch.Inputs.Size; slot++)
        {
            while (true)
            {
                var index = usable[random.Next(usable.Length)];
                var origin = FewestHistory + random.Next(end[index] - InputShape.Horizon - FewestHistory + 1);
                if (Fill(batch, slot, index, origin, augment ? random : null)) break;
            }
        }
    }

    /// <summary>Fills one slot.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="slot">Which slot.</param>
    /// <param name="index">Which series.</param>
    /// <param name="origin">The first step of the target.</param>
    /// <param name="augment">Takes away at random; null takes nothing away.</param>
    /// <returns>Whether there is anything to learn from.</returns>
    public bool Fill(TrainingBatch batch, int slot, int index, int origin, Random? augment)
    {
        var series = set.Servers[index];
        for (var metric = 0; metric < set.Metrics.Length; metric++)
        {
            var into = week.AsSpan(metric * InputShape.Week, InputShape.Week);
            var known = Math.Min(origin, InputShape.Week);
            into[..^known].Fill(float.NaN);
            series.Values[metric].AsSpan(origin - known, known).CopyTo(into[^known..]);
        }

        if (augment is not null) TakeAway(augment);
        var profile = augment is not null && augment.NextDouble() < .2 ? ServerProfile.Generic : series.Profile;
        if (encoder.Encode(week, series.Start + (origin * SeriesSet.Step), SeriesSet.Step, profile, batch.Inputs, slot) == 0) return false;
        var any = false;
        for (var metric = 0; metric < set.Metrics.Length; metric++) any |= FillTarget(batch, slot, metric, series.Values[metric].AsSpan(origin, InputShape.Horizon));
        return any;
    }

    private void TakeAway(Random random)
    {
        var metrics = set.Metrics.Length;
        if (random.NextDouble() < .15)
        {
            // A young server: from an hour to a day and a half of history, log-uniform.
            var steps = (int)(InputShape.RequiredSteps * Math.Exp(random.NextDouble() * Math.Log(36)));
            for (var metric = 0; metric < metrics; metric++) week.AsSpan(metric * InputShape.Week, InputShape.Week - steps).Fill(float.NaN);
        }

        if (random.NextDouble() < .1)
        {
            // A silence somewhere in the last day and a half, sometimes right before the forecast.
            var length = 1 + (int)Math.Exp(random.NextDouble() * Math.Log(72));
            var back = random.NextDouble() < .3 ? 0 : random.Next(432 - length);
            for (var metric = 0; metric < metrics; metric++) week.AsSpan(((metric + 1) * InputShape.Week) - back - length, length).Fill(float.NaN);
        }

        if (random.NextDouble() < .1)
        {
            var share = random.NextDouble() * .3;
            for (var step = InputShape.Week - 576; step < InputShape.Week; step++)
            {
                if (random.NextDouble() >= share) continue;
                for (var metric = 0; metric < metrics; metric++) week[(metric * InputShape.Week) + step] = float.NaN;
            }
        }

        if (random.NextDouble() < .2)
        {
            // A server that does not send all metrics.
            for (var metric = 0; metric < metrics; metric++)
                if (random.NextDouble() < .35) week.AsSpan(metric * InputShape.Week, InputShape.Week).Fill(float.NaN);
        }
    }

    private bool FillTarget(TrainingBatch batch, int slot, int metric, ReadOnlySpan<float> values)
    {
        var inputs = batch.Inputs;
        var row = inputs.Row(metric, slot);
        var targets = batch.Targets.AsSpan(row * InputShape.Horizon, InputShape.Horizon);
        var knowns = batch.Known.AsSpan(row * InputShape.Horizon, InputShape.Horizon);
        values.CopyTo(target);
        var present = inputs.Mask[(slot * set.Metrics.Length) + metric] > 0;
        var any = false;
        for (var step = 0; step < InputShape.Horizon; step++)
        {
            var known = present && !float.IsNaN(target[step]);
            any |= known;
            knowns[step] = known ? 1 : 0;
            targets[step] = known ? (MetricUnits.Convert(set.Metrics[metric], target[step]) - inputs.Centre[row]) / inputs.Scale[row] : 0;
        }

        return any;
    }
}
