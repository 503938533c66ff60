using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TftPortal.Agent.Readings;

namespace TftPortal.Tests.Agent;

/// <summary>A made-up Linux host: a folder with the files of the kernel that the agent reads, and a clock. An ordinary web server, until told otherwise.</summary>
internal sealed class AHost : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("tft-host-");

    public AHost()
    {
        Write("proc/stat", "cpu  1000 100 500 8000 300 50 50 0 0 0\ncpu0 1000 100 500 8000 300 50 50 0 0 0\nintr 12345 0 0\n");
        Write("proc/meminfo", "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:    4000000 kB\nSwapTotal:       2000000 kB\nSwapFree:        1500000 kB\n");
        Write("proc/loadavg", "1.25 0.80 0.40 3/127 8232\n");
        Write("proc/uptime", "864000.00 1541.23\n");
        Write("proc/mounts", "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n");
        Write("proc/net/tcp", Connections());
        Interface("eth0", isCard: true);
        Traffic(("eth0", 1_000_000, 500_000));
        Disks["/"] = new(Total: 100, Free: 40, Available: 30);
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-11-24T04:00:00Z", CultureInfo.InvariantCulture));

    public Dictionary<string, DiskSpace> Disks { get; } = [];

    public string Root => root.FullName;

    public HostReader Reader(TimeProvider? clock = null) =>
        new(clock ?? Clock, Root, mountPoint => Disks.TryGetValue(mountPoint, out var space) ? space : throw new IOException($"{mountPoint} cannot be asked."));

    /// <summary>The first reading: what happens within its second is the difference that its rates are made of.</summary>
    public async Task<HostReading> FirstReadingAsync(HostReader reader, Action? meanwhile = null)
    {
        var reading = reader.ReadAsync(TestContext.Current.CancellationToken);
        meanwhile?.Invoke();
        Clock.Advance(HostReader.FirstInterval);
        return await reading;
    }

    public async Task<HostReading> NextReadingAsync(HostReader reader, TimeSpan later)
    {
        Clock.Advance(later);
        return await reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    public void Write(string path, string content)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    public void Remove(string path) => File.Delete(Path.Combine(Root, path));

    public void Interface(string name, bool isCard, string? master = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "sys/class/net", name));
        if (isCard) folder.CreateSubdirectory("device");
        if (master is not null) Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "master"), "../" + master);
    }

    public void Traffic(params (string Name, ulong Received, ulong Sent)[] interfaces) =>
        Write("proc/net/dev", "Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n"
            + string.Concat(interfaces.Select(one => $"{one.Name,6}: {one.Received} 1 0 0 0 0 0 0 {one.Sent} 1 0 0 0 0 0 0\n")));

    public void Java(int pid, long userTicks, long systemTicks, string name = "java", long startTicks = 5000) =>
        Write($"proc/{pid}/stat", $"{pid} ({name}) S 1 1 1 0 -1 4194304 10 0 0 0 {userTicks} {systemTicks} 0 0 20 0 19 0 {startTicks} 9188765696 19632 18446744073709551615 1 1 1 0 0\n");

    /// <summary>A table of connections: local address and port, state.</summary>
    public static string Connections(params (string Local, int Port, string State)[] connections) =>
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
            + string.Concat(connections.Select((one, line) => $"{line,4}: {one.Local}:{one.Port:X4} 0100007F:C350 {one.State} 00000000:00000000 00:00000000 00000000     0        0 1058 1 0000000032119d2b 100 0 0 10 0\n"));

    public void Dispose() => root.Delete(recursive: true);
}
