using System.IO.Hashing;
using System.Runtime.InteropServices;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>A check sum of a step: by it a start can tell what of the window is on disk already without reading the values.</summary>
internal static class StepStamp
{
    /// <summary>Of a step of the window.</summary>
    public static uint Of(ServerHistory history, long step)
    {
        Span<float> values = stackalloc float[MetricCatalog.Count];
        for (var metric = 0; metric < MetricCatalog.Count; metric++) values[metric] = history.At((Metric)metric, step);
        return Of(values, history.ReadingsIn(step));
    }

    /// <summary>XXH32 of the 14 values as float32, and of the number of readings.</summary>
    public static uint Of(ReadOnlySpan<float> values, int readings)
    {
        Span<float> hashed = stackalloc float[MetricCatalog.Count + 1];
        for (var metric = 0; metric < MetricCatalog.Count; metric++) hashed[metric] = float.IsNaN(values[metric]) ? float.NaN : values[metric]; // one NaN for all
        hashed[^1] = readings;
        return XxHash32.HashToUInt32(MemoryMarshal.AsBytes(hashed));
    }
}
