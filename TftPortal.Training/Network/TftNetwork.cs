using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Training.Network;

/// <summary>
/// A Temporal Fusion Transformer (Lim et al. 2019, arXiv 1912.09363) for 14 metrics at once. Departures, each measured (docs/decisions/model.md):
/// a variable is a metric's feature vector and not a scalar; the softmax over variables is masked by presence; time goes in patches;
/// SiLU for ELU; a GRN's second linear layer is folded into its gate; the head mixes anchors.
/// </summary>
/// <param name="ops">The back-end.</param>
/// <param name="shape">The sizes.</param>
/// <param name="metrics">How many metrics are in use: 14, or fewer while learning from data that has fewer.</param>
internal sealed class TftNetwork<T>(ITensorOps<T> ops, NetworkShape shape, int metrics)
{
    private const int Q = QuantileLevels.Count;
    private const float SmallestUnit = .01f; // of the day's deviation
    private const int AnchorCount = InputShape.SeriesAnchors + InputShape.QuantileAnchors;
    private readonly NetworkBlocks<T> blocks = new(ops, shape, metrics);

    /// <summary>Runs, or writes down, the network.</summary>
    public NetworkOutputs<T> Forward(NetworkInputs<T> inputs)
    {
        const int tokens = InputShape.EncoderTokens, ahead = InputShape.DecoderTokens, all = tokens + ahead;
        var width = shape.Hidden;
        var (statics, _) = blocks.SelectVariables("static", ops.Reshape(inputs.Statics, metrics, -1, 1, InputShape.StaticFeatures), InputShape.StaticFeatures, default, 0, 1, inputs.Mask, default);
        var context = ops.Add(ops.Reshape(statics, -1, width), ops.MatMul(inputs.Profile, ops.Weight("profile", Start.Small, InputShape.Profiles, width)));
        var selection = PerToken(blocks.Grn("context.selection", context));
        var enrichment = PerToken(blocks.Grn("context.enrichment", context));
        var hidden = ops.Reshape(blocks.Grn("context.hidden", context), 1, -1, width);
        var cell = ops.Reshape(blocks.Grn("context.cell", context), 1, -1, width);

        var (past, pastWeights) = blocks.SelectVariables("past", inputs.Encoder, InputShape.EncoderFeatures, inputs.EncoderTime, InputShape.TimeFeatures, tokens, inputs.Mask, selection);
        var (future, futureWeights) = blocks.SelectVariables("future", inputs.Decoder, InputShape.DecoderFeatures, inputs.DecoderTime, InputShape.HorizonTimeFeatures, ahead, inputs.Mask, selection);
        var (pastOut, lastHidden, lastCell) = ops.Lstm("lstm.past", ops.Transpose(past, 1, 0, 2), hidden, cell, width, width);
        var (futureOut, _, _) = ops.Lstm("lstm.future", ops.Transpose(future, 1, 0, 2), lastHidden, lastCell, width, width);
        var sequence = ops.Transpose(ops.Concat(0, pastOut, futureOut), 1, 0, 2);
        var local = blocks.GateAddNorm("local", sequence, ops.Concat(1, past, future));
        var enriched = blocks.Grn("enriched", local, enrichment);
        var enrichedAhead = ops.Slice(enriched, 1, tokens, all);
        var (attended, attention) = blocks.Attend(enrichedAhead, enriched, tokens, ahead);
        var state = blocks.GateAddNorm("attended", attended, enrichedAhead);
        state = blocks.Grn("position", state);
        state = blocks.GateAddNorm("state", state, ops.Slice(local, 1, tokens, all));
        return new(Head(state, inputs), ops.Mean(pastWeights, 1), ops.Mean(futureWeights, 1), ops.Mean(attention, 1));
    }

    private T PerToken(T context) => ops.Reshape(context, -1, 1, shape.Hidden);

    /// <summary>
    /// Per metric: a median, non-negative steps away from it, and a softmax-weighted mix of anchors. An anchor's own quantiles are
    /// ordered and its weight is shared by all quantiles, so the sum is ordered too. Median and steps are in a unit of their own,
    /// a softmax-weighted mix of the day's deviation and of how widely each anchor spreads: a server that was calm for an hour after a wild day
    /// is forecast in the hour's unit, not the day's.
    /// </summary>
    private T Head(T state, NetworkInputs<T> inputs)
    {
        const int ahead = InputShape.DecoderTokens, horizon = InputShape.Horizon, anchorsEnd = Q + AnchorCount, each = anchorsEnd + InputShape.QuantileAnchors + 1;
        int width = shape.Hidden, inner = shape.HeadHidden;
        var fromState = ops.MatMul(ops.Reshape(state, 1, -1, width), ops.MetricWeight("head.state", Start.Xavier, 0, MetricCatalog.Count, width, inner));
        var fromTime = ops.MatMul(ops.Reshape(inputs.DecoderTime, 1, -1, InputShape.HorizonTimeFeatures), ops.MetricWeight("head.time", Start.Xavier, 0, MetricCatalog.Count, InputShape.HorizonTimeFeatures, inner));
        var fromFuture = ops.MatMul(ops.Reshape(inputs.Decoder, metrics, -1, InputShape.DecoderFeatures), ops.MetricWeight("head.future", Start.Xavier, 0, MetricCatalog.Count, InputShape.DecoderFeatures, inner));
        var fromStatics = ops.MatMul(inputs.Statics, ops.MetricWeight("head.static", Start.Xavier, 0, MetricCatalog.Count, InputShape.StaticFeatures, inner));
        var perStep = ops.Reshape(ops.Add(ops.Add(fromState, fromTime), fromFuture), metrics, -1, ahead, inner);
        var mixed = ops.Add(perStep, ops.Reshape(fromStatics, metrics, -1, 1, inner));
        var raw = ops.MatMul(ops.Reshape(ops.Dropout(blocks.Silu(mixed)), metrics, -1, inner), ops.MetricWeight("head.out", Start.Small, 0, MetricCatalog.Count, inner, InputShape.Patch * each));
        raw = ops.Add(raw, ops.MetricWeight("head.bias", Start.Zeros, 0, MetricCatalog.Count, 1, InputShape.Patch * each));
        raw = ops.Reshape(raw, metrics, -1, horizon, each);

        // Steps away from the median: silu(x) + .2785 is never negative (the minimum of silu is −.27846) and far cheaper than softplus.
        var steps = ops.MatMul(blocks.Silu(ops.Slice(raw, 3, 1, Q)), ops.Constant("head.order", QuantileOrder.Steps, Q - 1, Q));
        var median = ops.Add(ops.Slice(raw, 3, 0, 1), ops.Constant("head.offset", QuantileOrder.Offsets, Q));
        var weights = ops.Softmax(ops.Slice(raw, 3, Q, anchorsEnd));
        var series = ops.Multiply(ops.Slice(weights, 3, 0, InputShape.SeriesAnchors), inputs.Series);
        var fromSeries = ops.Reshape(ops.Sum(series, 3), metrics, -1, horizon, 1);
        var fromQuantiles = ops.MatMul(ops.Slice(weights, 3, InputShape.SeriesAnchors, AnchorCount), inputs.Anchors);
        var own = ops.Multiply(ops.Add(steps, median), Unit(ops.Softmax(ops.Slice(raw, 3, anchorsEnd, each)), inputs.Anchors));
        return ops.Add(ops.Add(own, fromSeries), fromQuantiles);
    }

    /// <summary>The unit of the head's own part, [V,B,96,1]: the mix of the anchors' p90 − p10 and of 1, and never 0.</summary>
    private T Unit(T weights, T anchors)
    {
        const int count = InputShape.QuantileAnchors;
        var spread = new float[Q];
        (spread[QuantileLevels.P10], spread[QuantileLevels.P90]) = (-1, 1);
        var spreads = ops.MatMul(anchors, ops.Constant("head.spread", spread, Q, 1));
        var mixed = ops.Add(ops.MatMul(ops.Slice(weights, 3, 0, count), spreads), ops.Slice(weights, 3, count, count + 1));
        return ops.Add(mixed, ops.Constant("head.unit", [SmallestUnit], 1));
    }
}
