using System.Globalization;

namespace TftPortal.Benchmarks.Load;

/// <summary>What a process and the whole machine have used so far, from <c>/proc</c>.</summary>
/// <param name="CpuSeconds">CPU time of the process; NaN where it is not known.</param>
/// <param name="ResidentMegabytes">Its memory now.</param>
/// <param name="PeakMegabytes">Its memory at most.</param>
/// <param name="MachineSeconds">CPU time that the whole machine spent working, without the niced.</param>
/// <param name="NicedSeconds">CPU time of programs that run niced, behind all others.</param>
internal sealed record ProcessFigures(double CpuSeconds, double ResidentMegabytes, double PeakMegabytes, double MachineSeconds, double NicedSeconds)
{
    private const double TicksPerSecond = 100; // USER_HZ: fixed by Linux's interface

    /// <summary>Reads them.</summary>
    /// <param name="process">Which process; null where it is not of this machine.</param>
    public static ProcessFigures Read(int? process)
    {
        if (!OperatingSystem.IsLinux()) return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var machine = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Seconds).ToArray();
        var (busy, niced) = (machine[0] + machine[2] + machine[5] + machine[6], machine[1]);
        if (process is not { } id) return new(double.NaN, double.NaN, double.NaN, busy, niced);
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold anything
        var status = File.ReadLines($"/proc/{id}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new(Seconds(fields[11]) + Seconds(fields[12]), Megabytes(status["VmRSS"]), Megabytes(status["VmHWM"]), busy, niced);
    }

    private static double Seconds(string ticks) => double.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond;

    private static double Megabytes(string kilobytes) => double.Parse(kilobytes.Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
}
