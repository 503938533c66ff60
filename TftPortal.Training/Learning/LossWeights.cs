using TftPortal.Engine.Contract;

namespace TftPortal.Training.Learning;

/// <summary>
/// How much a window counts: √scale relative to its metric's mean, at most 20, times the metric's mean scale over its mean size. In scaled units this stands
/// between "every window counts alike" and the weighted quantile loss, in which five servers would carry most of the network traffic (docs/decisions/model.md).
/// </summary>
internal sealed class LossWeights
{
    private const float Largest = 20;
    private const int Sample = 1536;
    private readonly double[] meanRoot;
    private readonly double[] importance;

    private LossWeights(double[] meanRoot, double[] importance)
    {
        this.meanRoot = meanRoot;
        this.importance = importance;
    }

    /// <summary>Measures a set on windows drawn at random.</summary>
    /// <param name="sampler">The set.</param>
    /// <param name="power">1 weighs metrics as the weighted quantile loss does; less brings them together.</param>
    /// <param name="seed">Of the draw.</param>
    public static LossWeights Measure(WindowSampler sampler, double power, int seed)
    {
        var metrics = sampler.Set.Metrics;
        var random = new Random(seed);
        var batch = new TrainingBatch(64, metrics);
        double[] root = new double[metrics.Length], scale = new double[metrics.Length], size = new double[metrics.Length], count = new double[metrics.Length];
        for (var drawn = 0; drawn < Sample; drawn += batch.Inputs.Size)
        {
            sampler.Draw(batch, random, augment: false);
            for (var metric = 0; metric < metrics.Length; metric++)
            {
                for (var slot = 0; slot < batch.Inputs.Size; slot++)
                {
                    var row = batch.Inputs.Row(metric, slot);
                    for (var step = 0; step < InputShape.Horizon; step++)
                    {
                        var index = (row * InputShape.Horizon) + step;
                        if (batch.Known[index] == 0) continue;
                        count[metric]++;
                        root[metric] += Math.Sqrt(batch.Inputs.Scale[row]);
                        scale[metric] += batch.Inputs.Scale[row];
                        size[metric] += Math.Abs((batch.Targets[index] * batch.Inputs.Scale[row]) + batch.Inputs.Centre[row]);
                    }
                }
            }
        }

        for (var metric = 0; metric < metrics.Length; metric++)
        {
            count[metric] = Math.Max(1, count[metric]);
            root[metric] = Math.Max(1e-6, root[metric] / count[metric]);
            size[metric] = Math.Pow(Math.Clamp(scale[metric] / Math.Max(1e-9, size[metric]), 1e-3, 1), power);
        }

        return new(root, size);
    }

    /// <summary>The weight of each target, [V,B,96]: 0 where it is not known; sums to about 1 over a batch.</summary>
    public void Write(TrainingBatch batch, Span<float> weights)
    {
        double known = 0;
        foreach (var one in batch.Known) known += one;
        for (var metric = 0; metric < meanRoot.Length; metric++)
        {
            for (var slot = 0; slot < batch.Inputs.Size; slot++)
            {
                var row = batch.Inputs.Row(metric, slot);
                var weight = (float)(Math.Min(Largest, Math.Sqrt(batch.Inputs.Scale[row]) / meanRoot[metric]) * importance[metric] / Math.Max(1, known));
                for (var step = row * InputShape.Horizon; step < (row + 1) * InputShape.Horizon; step++) weights[step] = batch.Known[step] * weight;
            }
        }
    }
}
