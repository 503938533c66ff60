using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Accuracy;

/// <summary>The error that nobody cares about: the floor of the MASE's divisor. 0.1 points and .001 MB/s are those of MODEL.md; the others are of the same kind.</summary>
internal static class Fineness
{
    /// <summary>In the metric's unit.</summary>
    public static float Of(Metric metric) => metric switch
    {
        Metric.NetInMegabytesPerSecond or Metric.NetOutMegabytesPerSecond => .001f,
        Metric.LoadAverage => .01f,
        _ => .1f,
    };
}
