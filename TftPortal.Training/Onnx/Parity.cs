using Microsoft.ML.OnnxRuntime;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Forecasting;
using TftPortal.Training.Learning;
using TftPortal.Training.Network;
using TftPortal.Training.Torch;
using static TorchSharp.torch;

namespace TftPortal.Training.Onnx;

/// <summary>Checks that ONNX Runtime gives what libtorch gives.</summary>
internal static class Parity
{
    /// <summary>The largest difference that an export may have, in scaled units.</summary>
    public const float Allowed = 1e-4f;

    /// <summary>The largest absolute difference of the quantiles over a batch of windows, relative where they pass 1.</summary>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="weights">The weights it was written from.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="sampler">Where the windows come from; it must have all 14 metrics.</param>
    public static float LargestDifference(byte[] model, TorchWeights weights, NetworkShape shape, WindowSampler sampler)
    {
        const int size = 16;
        var drawn = new TrainingBatch(size, sampler.Set.Metrics);
        sampler.Draw(drawn, new Random(1), augment: true);
        RuntimeTelemetry.SwitchOff();
        using var session = new InferenceSession(model);
        using var batch = new OnnxBatch(session, size, withFocus: false);
        Copy(drawn.Inputs, batch.Inputs);
        batch.Run();
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var expected = new TorchNetwork(weights, shape, sampler.Set.Metrics, 0).Forward(drawn.Inputs).Quantiles.contiguous().data<float>().ToArray();
        float largest = 0;
        for (var i = 0; i < expected.Length; i++) largest = MathF.Max(largest, MathF.Abs(expected[i] - batch.Quantiles[i]) / MathF.Max(1, MathF.Abs(expected[i])));
        return largest;
    }

    private static void Copy(InputBatch from, InputBatch into)
    {
        from.Encoder.CopyTo(into.Encoder, 0);
        from.EncoderTime.CopyTo(into.EncoderTime, 0);
        from.Decoder.CopyTo(into.Decoder, 0);
        from.DecoderTime.CopyTo(into.DecoderTime, 0);
        from.Statics.CopyTo(into.Statics, 0);
        from.Profile.CopyTo(into.Profile, 0);
        from.Mask.CopyTo(into.Mask, 0);
        from.Series.CopyTo(into.Series, 0);
        from.Anchors.CopyTo(into.Anchors, 0);
    }
}
