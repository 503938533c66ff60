using System.Collections.Immutable;

namespace TftPortal.Agent.Readings;

/// <summary>Reads this Linux host's own metrics. Not safe for two calls at once.</summary>
public sealed class HostReader
{
    /// <summary>How long the very first reading takes: a rate is the difference of two.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock;
    private readonly ImmutableArray<IHostSource> sources;
    private readonly HashSet<string> failing = new(StringComparer.Ordinal);
    private bool hasRead;

    /// <summary>A reader of the host that it runs on.</summary>
    /// <param name="clock">Dates the readings and measures the time between them.</param>
    public HostReader(TimeProvider clock)
        : this(clock, "/", DiskSpace.Of)
    {
    }

    internal HostReader(TimeProvider clock, string root, Func<string, DiskSpace> spaceOf)
    {
        this.clock = clock;
        sources =
        [
            new CpuTimes(root),
            new MemoryUse(root),
            new DiskUsage(root, spaceOf),
            new NetworkTraffic(root, clock),
            new CloseWaits(root),
            new LoadAverage(root),
            new Uptime(root),
            new JavaProcesses(root, clock),
        ];
    }

    /// <summary>Whether this host can be read at all: it is a Linux.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The host's metrics now; rates are since the call before, and over one second on the first call, which waits for it.</summary>
    /// <param name="stop">Ends the wait of the first call.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<HostReading> ReadAsync(CancellationToken stop)
    {
        ImmutableArray<SourceFault> faults = [];
        if (!hasRead)
        {
            faults = Read().NewFaults;
            await Task.Delay(FirstInterval, clock, stop);
            hasRead = true;
        }

        var reading = Read();
        reading.NewFaults = faults.AddRange(reading.NewFaults);
        return reading;
    }

    private HostReading Read()
    {
        var reading = new HostReading(clock.GetUtcNow());
        var faults = ImmutableArray.CreateBuilder<SourceFault>();
        foreach (var source in sources)
        {
            try
            {
                source.Read(reading);
                failing.Remove(source.Name);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
            {
                if (failing.Add(source.Name)) faults.Add(new(source.Name, fault.Message));
            }
        }

        reading.NewFaults = faults.ToImmutable();
        return reading;
    }
}
