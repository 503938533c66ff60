using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Training.Network;
using TftPortal.Training.Torch;
using static TorchSharp.torch;

namespace TftPortal.Training.Learning;

/// <summary>The network in libtorch for batches of some metrics.</summary>
internal sealed class TorchNetwork
{
    private readonly TftNetwork<Tensor> network;
    private readonly int metrics;

    /// <summary>Puts the back-end and the network together.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="metrics">The metrics that its batches have.</param>
    /// <param name="dropout">0 to evaluate.</param>
    public TorchNetwork(TorchWeights weights, NetworkShape shape, Metric[] metrics, double dropout)
    {
        var all = metrics.Length == MetricCatalog.Count;
        network = new(new TorchOps(weights, all ? null : [.. metrics.Select(metric => (long)metric)], dropout), shape, metrics.Length);
        this.metrics = metrics.Length;
    }

    /// <summary>Runs a batch.</summary>
    public NetworkOutputs<Tensor> Forward(InputBatch batch)
    {
        long size = batch.Size;
        return network.Forward(new(
            tensor(batch.Encoder, [metrics, size, InputShape.EncoderTokens, InputShape.EncoderFeatures]),
            tensor(batch.EncoderTime, [size, InputShape.EncoderTokens, InputShape.TimeFeatures]),
            tensor(batch.Decoder, [metrics, size, InputShape.DecoderTokens, InputShape.DecoderFeatures]),
            tensor(batch.DecoderTime, [size, InputShape.DecoderTokens, InputShape.HorizonTimeFeatures]),
            tensor(batch.Statics, [metrics, size, InputShape.StaticFeatures]),
            tensor(batch.Profile, [size, InputShape.Profiles]),
            tensor(batch.Mask, [size, metrics]),
            tensor(batch.Series, [metrics, size, InputShape.Horizon, InputShape.SeriesAnchors]),
            tensor(batch.Anchors, [metrics, size, InputShape.QuantileAnchors, QuantileLevels.Count])));
    }

    /// <summary>A network whose weights are declared and packed.</summary>
    public static TorchWeights Initialise(NetworkShape shape, int seed)
    {
        manual_seed(seed);
        var weights = new TorchWeights();
        using var scope = NewDisposeScope();
        using (no_grad()) new TorchNetwork(weights, shape, Enum.GetValues<Metric>(), 0).Forward(new InputBatch(1, Enum.GetValues<Metric>()));
        weights.Pack();
        return weights;
    }
}
