using System.Globalization;

namespace TftPortal.Agent.Readings;

/// <summary>
/// CPU of all processes named <c>java</c> between two readings, percent of one core, from <c>/proc/*/stat</c>.
/// A host on which no java has run since the agent started has no such metric; where one ran and is gone, its CPU is truly 0.
/// </summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
/// <param name="clock">Measures the time between two readings.</param>
internal sealed class JavaProcesses(string root, TimeProvider clock) : IHostSource
{
    /// <summary>USER_HZ: 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private Dictionary<Identity, ulong>? last;
    private long lastRead;
    private bool hasSeenJava;

    public string Name => "/proc/*/stat";

    public void Read(HostReading reading)
    {
        var now = ReadTicks();
        var read = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(lastRead, read).TotalSeconds;
        var before = last;
        last = now;
        lastRead = read;
        hasSeenJava |= now.Count > 0;
        if (before is null || seconds <= 0 || !hasSeenJava) return;

        // A process that was not there before has started since: all its CPU lies between the two readings.
        var ticks = now.Sum(process => Math.Max(0, (double)process.Value - before.GetValueOrDefault(process.Key)));
        reading.Set(HostMetric.JavaCpu, ticks / TicksPerSecond / seconds * 100);
    }

    private Dictionary<Identity, ulong> ReadTicks()
    {
        var ticks = new Dictionary<Identity, ulong>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(root, "proc")))
        {
            if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            try
            {
                ReadProcess(pid, Path.Combine(folder, "stat"), ticks);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended between the listing and the reading, or is hidden from this user (hidepid): it is not ours to count.
            }
        }

        return ticks;
    }

    private static void ReadProcess(int pid, string path, Dictionary<Identity, ulong> ticks)
    {
        Span<byte> line = stackalloc byte[1024]; // a stat line has at most 52 numbers
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        line = line[..RandomAccess.Read(file, line, 0)];

        // pid (comm) state …: comm is whatever the process calls itself, blanks and brackets included.
        int open = line.IndexOf((byte)'('), close = line.LastIndexOf((byte)')');
        if (open < 0 || close < open || !line[(open + 1)..close].SequenceEqual("java"u8)) return;
        var fields = new ProcFields(line[(close + 1)..].TrimEnd((byte)'\n'));
        fields.Skip(11); // fields 3 to 13 of proc(5)
        var used = fields.NextCounter() + fields.NextCounter(); // utime, stime
        fields.Skip(6);
        ticks[new(pid, fields.NextCounter())] = used;
    }

    /// <summary>A process: its number is used again, but not with the same start.</summary>
    private readonly record struct Identity(int Pid, ulong StartTicks);
}
