using System.Globalization;

namespace TftPortal.Tests.Training;

/// <summary>Rows of a made file: memory that goes up and down with the day, network with a ripple on it, and uptime.</summary>
internal static class ASeries
{
    public const string Header = "server,ts,mem_used_pct,net_in_mb_s,uptime_days";
    public const int Day = 288;

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When a step begins, as the files have it.</summary>
    public static string Time(int step) => Start.AddMinutes(5 * step).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static double Memory(int step) => 50 + (20 * Math.Sin(2 * Math.PI * (step % Day) / Day));

    public static IEnumerable<string> Rows(string server, int steps) => Enumerable.Range(0, steps).Select(step => Row(server, step, Memory(step)));

    public static string Row(string server, int step, double memory) => string.Create(CultureInfo.InvariantCulture,
        $"{server},{Time(step)},{memory:F4},{5 + Math.Cos(step):F4},{.1 + (step / (double)Day):F6}");
}
