using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Builders;

/// <summary>A server whose memory has grown for fifteen hours after a calm week; CPU goes with the day.</summary>
internal static class ALeak
{
    /// <summary>Steps of growth: fifteen hours.</summary>
    public const int Steps = 180;

    /// <summary>Points that it grows in an hour.</summary>
    public const float PerHour = 1.9f;

    /// <summary>Its past up to the step before <see cref="AReading.Noon"/>.</summary>
    /// <param name="server">Name of the server.</param>
    /// <param name="length">Steps that are known.</param>
    /// <param name="withSwap">Whether it sends its swap.</param>
    public static AHistory Of(string server, int length = 2016, bool withSwap = true) => AHistory.Of(server).WithProfile(ServerProfile.WebApi).Steps(length)
        .With(Metric.MemUsedPercent, step => Memory(step, length))
        .With(Metric.SwapUsedPercent, _ => withSwap ? 3 : float.NaN)
        .With(Metric.CpuIdlePercent, step => 70 + (15 * MathF.Sin(step * MathF.Tau / 288)));

    /// <summary>Memory in a step; 0 is the oldest.</summary>
    public static float Memory(int step, int length = 2016) => 61 + (.15f * Ripple(step)) + (Math.Max(0, step - (length - 1 - Steps)) * PerHour / 12);

    /// <summary>The same week up to a moment as the API takes it, and past its warning threshold at the end; beside it a server that is calm.</summary>
    public static string Feed(string leaking, string calm, DateTimeOffset now)
    {
        return $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 2016).SelectMany(step => (string[])[Record(leaking, step, Memory(step) + 1.2), Record(calm, step, 40)]))}}]}""";

        string Record(string server, int step, double memory) => string.Create(CultureInfo.InvariantCulture,
            $$"""{"timestamp":"{{now.AddMinutes(5 * (step - 2015)):O}}","server_name":"{{server}}","profile":"web_api","mem_used_pct":{{memory:F3}},"swap_used_pct":3,"cpu_idle_pct":{{70 + (15 * Math.Sin(step * Math.Tau / 288)):F2}}}""");
    }

    private static float Ripple(int step) => ((step * 7919 % 13) - 6) / 6f;
}
