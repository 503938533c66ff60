using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Contract;

/// <summary>The network's inputs for some servers, allocated once and filled again and again. Metric-major, then server: [V,B,…].</summary>
public sealed class InputBatch
{
    /// <summary>Makes room.</summary>
    /// <param name="size">Servers, B.</param>
    /// <param name="metrics">The metrics that are inputs, V of them; all 14 in a served model, fewer while training on data that has fewer.</param>
    public InputBatch(int size, ReadOnlySpan<Metric> metrics)
    {
        Size = size;
        Metrics = metrics.ToArray();
        var rows = size * metrics.Length;
        Encoder = new float[rows * InputShape.EncoderTokens * InputShape.EncoderFeatures];
        Decoder = new float[rows * InputShape.DecoderTokens * InputShape.DecoderFeatures];
        Statics = new float[rows * InputShape.StaticFeatures];
        Series = new float[rows * InputShape.Horizon * InputShape.SeriesAnchors];
        Anchors = new float[rows * InputShape.QuantileAnchors * QuantileLevels.Count];
        Mask = new float[rows];
        Centre = new float[rows];
        Scale = new float[rows];
        EncoderTime = new float[size * InputShape.EncoderTokens * InputShape.TimeFeatures];
        DecoderTime = new float[size * InputShape.DecoderTokens * InputShape.HorizonTimeFeatures];
        Profile = new float[size * InputShape.Profiles];
    }

    /// <summary>How many servers fit, B.</summary>
    public int Size { get; }
    /// <summary>Which metrics are inputs, V of them.</summary>
    public Metric[] Metrics { get; }
    /// <summary>[V,B,<see cref="InputShape.EncoderTokens"/>,<see cref="InputShape.EncoderFeatures"/>].</summary>
    public float[] Encoder { get; }
    /// <summary>[V,B,<see cref="InputShape.DecoderTokens"/>,<see cref="InputShape.DecoderFeatures"/>].</summary>
    public float[] Decoder { get; }
    /// <summary>[V,B,<see cref="InputShape.StaticFeatures"/>].</summary>
    public float[] Statics { get; }
    /// <summary>[V,B,<see cref="InputShape.Horizon"/>,<see cref="InputShape.SeriesAnchors"/>], scaled.</summary>
    public float[] Series { get; }
    /// <summary>[V,B,<see cref="InputShape.QuantileAnchors"/>,7], scaled.</summary>
    public float[] Anchors { get; }
    /// <summary>[B,V]: 1 where the server sends the metric, else 0.</summary>
    public float[] Mask { get; }
    /// <summary>[B,<see cref="InputShape.EncoderTokens"/>,<see cref="InputShape.TimeFeatures"/>].</summary>
    public float[] EncoderTime { get; }
    /// <summary>[B,<see cref="InputShape.DecoderTokens"/>,<see cref="InputShape.HorizonTimeFeatures"/>].</summary>
    public float[] DecoderTime { get; }
    /// <summary>[B,<see cref="InputShape.Profiles"/>], one-hot.</summary>
    public float[] Profile { get; }
    /// <summary>[V,B]: what is subtracted from a value (the median of the history). Not a network input.</summary>
    public float[] Centre { get; }
    /// <summary>[V,B]: what the difference is divided by. Not a network input.</summary>
    public float[] Scale { get; }

    /// <summary>Row of a metric and a server in the [V,B,…] arrays.</summary>
    public int Row(int metric, int server) => (metric * Size) + server;
}
