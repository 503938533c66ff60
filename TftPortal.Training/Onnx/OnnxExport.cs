using Google.Protobuf;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Training.Network;

namespace TftPortal.Training.Onnx;

/// <summary>Writes trained weights as an ONNX model.</summary>
internal static class OnnxExport
{
    /// <summary>The model, as a file's bytes.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, NamedWeight> weights, NetworkShape shape)
    {
        const long metrics = MetricCatalog.Count;
        var ops = new OnnxOps(weights);
        var outputs = new TftNetwork<string>(ops, shape, MetricCatalog.Count).Forward(new(
            ops.Input("encoder", metrics, 0, InputShape.EncoderTokens, InputShape.EncoderFeatures),
            ops.Input("encoder_time", 0, InputShape.EncoderTokens, InputShape.TimeFeatures),
            ops.Input("decoder", metrics, 0, InputShape.DecoderTokens, InputShape.DecoderFeatures),
            ops.Input("decoder_time", 0, InputShape.DecoderTokens, InputShape.HorizonTimeFeatures),
            ops.Input("statics", metrics, 0, InputShape.StaticFeatures),
            ops.Input("profile", 0, InputShape.Profiles),
            ops.Input("mask", 0, metrics),
            ops.Input("series", metrics, 0, InputShape.Horizon, InputShape.SeriesAnchors),
            ops.Input("anchors", metrics, 0, InputShape.QuantileAnchors, QuantileLevels.Count)));
        ops.Output("quantiles", outputs.Quantiles, metrics, 0, InputShape.Horizon, QuantileLevels.Count);
        ops.Output("encoder_weights", outputs.EncoderWeights, 0, metrics + 1);
        ops.Output("decoder_weights", outputs.DecoderWeights, 0, metrics + 1);
        ops.Output("attention", outputs.Attention, 0, InputShape.EncoderTokens + InputShape.DecoderTokens);
        var model = new ModelProto { IrVersion = 8, ProducerName = "TftPortal.Training", Graph = ops.Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model.ToByteArray();
    }
}
