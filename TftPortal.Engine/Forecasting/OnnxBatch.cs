using Microsoft.ML.OnnxRuntime;
using TftPortal.Engine.Contract;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Forecasting;

/// <summary>Room for a batch of a fixed size, bound to a session once: a run copies and allocates nothing.</summary>
internal sealed class OnnxBatch : IDisposable
{
    private const int Variables = MetricCatalog.Count + 1, Tokens = InputShape.EncoderTokens + InputShape.DecoderTokens;
    private static readonly string[] FocusOutputs = ["encoder_weights", "decoder_weights", "attention"];

    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];
    private readonly float[] past = [], future = [], attention = [];

    /// <summary>Makes room.</summary>
    /// <param name="session">The network.</param>
    /// <param name="size">Servers.</param>
    /// <param name="withFocus">Whether what the network looks at is read too, where the graph tells it.</param>
    public OnnxBatch(InferenceSession session, int size, bool withFocus)
    {
        this.session = session;
        Inputs = new(size, Enum.GetValues<Metric>());
        Quantiles = new float[MetricCatalog.Count * size * InputShape.Horizon * QuantileLevels.Count];
        binding = session.CreateIoBinding();
        long metrics = MetricCatalog.Count, servers = size;
        In("encoder", Inputs.Encoder, metrics, servers, InputShape.EncoderTokens, InputShape.EncoderFeatures);
        In("encoder_time", Inputs.EncoderTime, servers, InputShape.EncoderTokens, InputShape.TimeFeatures);
        In("decoder", Inputs.Decoder, metrics, servers, InputShape.DecoderTokens, InputShape.DecoderFeatures);
        In("decoder_time", Inputs.DecoderTime, servers, InputShape.DecoderTokens, InputShape.HorizonTimeFeatures);
        In("statics", Inputs.Statics, metrics, servers, InputShape.StaticFeatures);
        In("profile", Inputs.Profile, servers, InputShape.Profiles);
        In("mask", Inputs.Mask, servers, metrics);
        In("series", Inputs.Series, metrics, servers, InputShape.Horizon, InputShape.SeriesAnchors);
        In("anchors", Inputs.Anchors, metrics, servers, InputShape.QuantileAnchors, QuantileLevels.Count);
        Out("quantiles", Quantiles, metrics, servers, InputShape.Horizon, QuantileLevels.Count);
        if (!withFocus || !FocusOutputs.All(session.OutputMetadata.ContainsKey)) return;
        past = new float[size * Variables];
        future = new float[size * Variables];
        attention = new float[size * Tokens];
        Out(FocusOutputs[0], past, servers, Variables);
        Out(FocusOutputs[1], future, servers, Variables);
        Out(FocusOutputs[2], attention, servers, Tokens);
    }

    /// <summary>The inputs, to be filled before <see cref="Run"/>.</summary>
    public InputBatch Inputs { get; }

    /// <summary>[V,B,96,7], scaled; after <see cref="Run"/>.</summary>
    public float[] Quantiles { get; }

    /// <summary>What the network looked at for a server, after <see cref="Run"/>; null where it is not read.</summary>
    public NetworkFocus? Focus(int slot) => attention.Length == 0 ? null : new(
        past.AsSpan(slot * Variables, Variables).ToArray(), future.AsSpan(slot * Variables, Variables).ToArray(), attention.AsSpan(slot * Tokens, Tokens).ToArray());

    public void Run() => session.RunWithBinding(options, binding);

    public void Dispose()
    {
        binding.Dispose();
        options.Dispose();
        foreach (var value in values) value.Dispose();
    }

    private void In(string name, float[] memory, params long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        values.Add(value);
        binding.BindInput(name, value);
    }

    private void Out(string name, float[] memory, params long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        values.Add(value);
        binding.BindOutput(name, value);
    }
}
