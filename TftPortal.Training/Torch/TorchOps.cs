using TftPortal.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace TftPortal.Training.Torch;

/// <summary>Runs the network in libtorch, to learn.</summary>
/// <param name="weights">The weights.</param>
/// <param name="metrics">The metrics in use, as indices into the 14; null for all.</param>
/// <param name="dropout">Share of values dropped while learning; 0 to evaluate.</param>
internal sealed class TorchOps(TorchWeights weights, long[]? metrics, double dropout) : ITensorOps<Tensor>
{
    // a + b makes a temporary native Scalar that the finaliser can free in mid-call; a cached one cannot be.
    private static readonly Scalar One = 1.ToScalar();
    private readonly Dictionary<string, Tensor> constants = new(StringComparer.Ordinal);
    private readonly Tensor? selection = metrics is null ? null : tensor(metrics).DetachFromDisposeScope();

    public Tensor Weight(string name, Start start, params long[] shape) => weights.Get(name, start, shape);

    public Tensor MetricWeight(string name, Start start, int metricAxis, params long[] shape)
    {
        var weight = weights.Get(name, start, shape);
        return selection is null ? weight : weight.index_select(metricAxis, selection);
    }

    public Tensor Constant(string name, float[] values, params long[] shape)
    {
        if (!constants.TryGetValue(name, out var constant)) constants[name] = constant = tensor(values, shape).DetachFromDisposeScope();
        return constant;
    }

    public Tensor MatMul(Tensor left, Tensor right) => matmul(left, right);

    public Tensor Add(Tensor left, Tensor right) => left.add(right, One);

    public Tensor Multiply(Tensor left, Tensor right) => left.mul(right);

    public Tensor Sigmoid(Tensor x) => sigmoid(x);

    public Tensor Softmax(Tensor x) => softmax(x, -1);

    public Tensor LayerNorm(Tensor x, Tensor gain, Tensor bias, long size) => nn.functional.layer_norm(x, [size], gain, bias, 1e-5);

    public Tensor Reshape(Tensor x, params long[] shape) => x.reshape(shape);

    public Tensor Transpose(Tensor x, params int[] order) => x.permute([.. order.Select(axis => (long)axis)]);

    public Tensor Concat(int axis, params Tensor[] parts) => cat(parts, axis);

    public Tensor Slice(Tensor x, int axis, long from, long to) => x.narrow(axis < 0 ? x.dim() + axis : axis, from, to - from);

    public Tensor Sum(Tensor x, int axis) => x.sum(axis);

    public Tensor Mean(Tensor x, int axis) => x.mean([axis]);

    public (Tensor Outputs, Tensor Hidden, Tensor Cell) Lstm(string name, Tensor x, Tensor hidden, Tensor cell, long inputSize, long hiddenSize) =>
        weights.Lstm(name, inputSize, hiddenSize).call(x, (hidden.contiguous(), cell.contiguous()));

    public Tensor Dropout(Tensor x) => dropout > 0 ? nn.functional.dropout(x, dropout, true) : x;
}
