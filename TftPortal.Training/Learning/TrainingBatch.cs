using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Learning;

/// <summary>Inputs, and what happened then.</summary>
internal sealed class TrainingBatch(int size, Metric[] metrics)
{
    /// <summary>The network's inputs.</summary>
    public InputBatch Inputs { get; } = new(size, metrics);

    /// <summary>[V,B,96]: scaled like the inputs; 0 where <see cref="Known"/> is 0.</summary>
    public float[] Targets { get; } = new float[metrics.Length * size * InputShape.Horizon];

    /// <summary>[V,B,96]: 1 where the metric is an input and what happened is known.</summary>
    public float[] Known { get; } = new float[metrics.Length * size * InputShape.Horizon];
}
