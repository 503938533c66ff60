using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Network;

/// <summary>The parts that the network is made of: gates, gated residual networks, variable selection, interpretable attention.</summary>
internal sealed class NetworkBlocks<T>(ITensorOps<T> ops, NetworkShape shape, int metrics)
{
    private const float Never = -1e9f;

    /// <summary>x·σ(x).</summary>
    public T Silu(T x) => ops.Multiply(x, ops.Sigmoid(x));

    /// <summary>x·W + b over the last axis.</summary>
    public T Linear(string name, T x, long inputs, long outputs, bool bias = true)
    {
        var product = ops.MatMul(x, ops.Weight(name + ".weight", Start.Xavier, inputs, outputs));
        return bias ? ops.Add(product, ops.Weight(name + ".bias", Start.Zeros, outputs)) : product;
    }

    /// <summary>Gated linear unit, its value and gate in one product.</summary>
    public T Gate(string name, T x)
    {
        long width = shape.Hidden;
        return Glu(Linear(name, x, width, 2 * width));
    }

    /// <summary>LayerNorm(skip + GLU(dropout(x))).</summary>
    public T GateAddNorm(string name, T x, T skip) => Norm(name + ".norm", ops.Add(Gate(name + ".gate", ops.Dropout(x)), skip));

    /// <summary>Gated residual network, its second linear layer folded into the gate (nothing non-linear lies between them).</summary>
    public T Grn(string name, T x, T? context = default)
    {
        var inner = Linear(name + ".inner", x, shape.Hidden, shape.Hidden);
        if (context is not null) inner = ops.Add(inner, context);
        return Norm(name + ".norm", ops.Add(Gate(name + ".gate", ops.Dropout(Silu(inner))), x));
    }

    /// <summary>Variable selection over the metrics and the calendar; an absent metric weighs nothing.</summary>
    /// <param name="name">Of the weights.</param>
    /// <param name="x">[V,B,tokens,features]; the last feature is 1, so that every product carries its bias.</param>
    /// <param name="features">Features of a metric.</param>
    /// <param name="time">[B,tokens,timeFeatures], or nothing.</param>
    /// <param name="timeFeatures">0 where <paramref name="time"/> is nothing.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="mask">[B,V], 1 where present.</param>
    /// <param name="context">[B,1,H], or nothing.</param>
    /// <returns>The mix [B,tokens,H], and the weights [B,tokens,V(+1)].</returns>
    public (T Mix, T Weights) SelectVariables(string name, T x, int features, T? time, int timeFeatures, int tokens, T mask, T? context)
    {
        long width = shape.Hidden, inner = shape.VariableHidden;
        var flat = ops.Reshape(x, metrics, -1, features);
        var projected = ops.MatMul(flat, ops.MetricWeight(name + ".in", Start.Xavier, 0, MetricCatalog.Count, features, inner + (2 * width)));
        var active = ops.Dropout(Silu(ops.Slice(projected, 2, 0, inner)));
        var gated = Glu(ops.MatMul(active, ops.MetricWeight(name + ".gate", Start.Xavier, 0, MetricCatalog.Count, inner, 2 * width)));
        var values = Norm(name + ".norm", ops.Add(gated, ops.Slice(projected, 2, inner, inner + width)));
        var scores = ops.Reshape(ops.Sum(ops.Slice(projected, 2, inner + width, inner + (2 * width)), 0), -1, tokens, width);
        if (time is not null) scores = ops.Add(scores, Linear(name + ".time.score", time, timeFeatures, width, bias: false));
        if (context is not null) scores = ops.Add(scores, context);
        var logits = ops.MatMul(ops.Dropout(Silu(scores)), ops.MetricWeight(name + ".weights", Start.Xavier, 1, width, MetricCatalog.Count));
        var penalty = ops.Multiply(ops.Add(mask, ops.Constant("minus.one", [-1f], 1)), ops.Constant("never", [-Never], 1));
        logits = ops.Add(logits, ops.Reshape(penalty, -1, 1, metrics));
        if (time is not null) logits = ops.Concat(2, logits, Linear(name + ".time.weight", ops.Dropout(Silu(scores)), width, 1));
        var weights = ops.Softmax(logits);
        var perMetric = ops.Reshape(ops.Transpose(ops.Slice(weights, 2, 0, metrics), 2, 0, 1), metrics, -1, 1);
        var mix = ops.Reshape(ops.Sum(ops.Multiply(values, perMetric), 0), -1, tokens, width);
        if (time is null) return (mix, weights);
        var calendar = Linear(name + ".time.out", Silu(Linear(name + ".time.in", time, timeFeatures, inner)), inner, width);
        calendar = Norm(name + ".time.norm", calendar);
        return (ops.Add(mix, ops.Multiply(calendar, ops.Slice(weights, 2, metrics, metrics + 1))), weights);
    }

    /// <summary>Interpretable multi-head attention: the heads' attention is averaged before the one product with the values.</summary>
    /// <param name="queries">[B,ahead,H].</param>
    /// <param name="keys">[B,tokens+ahead,H].</param>
    /// <param name="tokens">Tokens of the past.</param>
    /// <param name="ahead">Tokens ahead; each sees the past and itself and what lies before it.</param>
    /// <returns>[B,ahead,H], and the attention [B,ahead,tokens+ahead].</returns>
    public (T Attended, T Attention) Attend(T queries, T keys, int tokens, int ahead)
    {
        int all = tokens + ahead, each = shape.Hidden / shape.Heads;
        var scaled = ops.Multiply(Linear("attention.query", queries, shape.Hidden, shape.Hidden), ops.Constant("attention.scale", [1 / MathF.Sqrt(each)], 1));
        var q = ops.Transpose(ops.Reshape(scaled, -1, ahead, shape.Heads, each), 0, 2, 1, 3);
        var k = ops.Transpose(ops.Reshape(Linear("attention.key", keys, shape.Hidden, shape.Hidden), -1, all, shape.Heads, each), 0, 2, 3, 1);
        var future = new float[ahead * all];
        for (var step = 0; step < ahead; step++)
            for (var token = tokens + step + 1; token < all; token++) future[(step * all) + token] = Never;
        var attention = ops.Mean(ops.Softmax(ops.Add(ops.MatMul(q, k), ops.Constant("attention.future", future, ahead, all))), 1);
        var attended = ops.MatMul(attention, Linear("attention.value", keys, shape.Hidden, each));
        return (Linear("attention.out", attended, each, shape.Hidden, bias: false), attention);
    }

    private T Glu(T both)
    {
        long width = shape.Hidden;
        return ops.Multiply(ops.Slice(both, -1, 0, width), ops.Sigmoid(ops.Slice(both, -1, width, 2 * width)));
    }

    private T Norm(string name, T x) =>
        ops.LayerNorm(x, ops.Weight(name + ".gain", Start.Ones, shape.Hidden), ops.Weight(name + ".bias", Start.Zeros, shape.Hidden), shape.Hidden);
}
