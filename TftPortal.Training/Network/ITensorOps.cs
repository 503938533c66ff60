namespace TftPortal.Training.Network;

/// <summary>How a weight starts.</summary>
internal enum Start
{
    /// <summary>All 0.</summary>
    Zeros,
    /// <summary>All 1.</summary>
    Ones,
    /// <summary>Uniform within ±√(6/(rows+columns)), Glorot and Bengio 2010.</summary>
    Xavier,
    /// <summary>Normal with deviation .1.</summary>
    Small,
}

/// <summary>
/// The operations that the network is written in. TorchSharp runs them to learn, the ONNX back-end writes them down to serve:
/// one definition, so what is trained is what is exported. Shapes follow NumPy; a size of −1 is worked out, 0 keeps the input's.
/// </summary>
/// <typeparam name="T">A tensor, or a tensor's name in a graph.</typeparam>
internal interface ITensorOps<T>
{
    /// <summary>A weight; created at first use.</summary>
    T Weight(string name, Start start, params long[] shape);
    /// <summary>A weight with one slice a metric along an axis, narrowed to the metrics in use.</summary>
    T MetricWeight(string name, Start start, int metricAxis, params long[] shape);
    /// <summary>A constant.</summary>
    T Constant(string name, float[] values, params long[] shape);
    /// <summary>Matrix product, batched over the leading axes.</summary>
    T MatMul(T left, T right);
    /// <summary>Sum, broadcast.</summary>
    T Add(T left, T right);
    /// <summary>Product, broadcast.</summary>
    T Multiply(T left, T right);
    /// <summary>1/(1+e^−x).</summary>
    T Sigmoid(T x);
    /// <summary>Over the last axis.</summary>
    T Softmax(T x);
    /// <summary>Over the last axis of a size, ε 1e-5.</summary>
    T LayerNorm(T x, T gain, T bias, long size);
    /// <summary>Same values in another shape.</summary>
    T Reshape(T x, params long[] shape);
    /// <summary>Axes in another order.</summary>
    T Transpose(T x, params int[] order);
    /// <summary>One after the other.</summary>
    T Concat(int axis, params T[] parts);
    /// <summary>From one index up to, but without, another; axis −1 is the last.</summary>
    T Slice(T x, int axis, long from, long to);
    /// <summary>Sum over an axis, which goes.</summary>
    T Sum(T x, int axis);
    /// <summary>Mean over an axis, which goes.</summary>
    T Mean(T x, int axis);
    /// <summary>An LSTM over [T,B,input] from states [1,B,hidden]; gives outputs [T,B,hidden] and the last states.</summary>
    (T Outputs, T Hidden, T Cell) Lstm(string name, T x, T hidden, T cell, long inputSize, long hiddenSize);
    /// <summary>Dropout while learning, nothing else.</summary>
    T Dropout(T x);
}
