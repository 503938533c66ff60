namespace TftPortal.Agent.Readings;

/// <summary>Days since boot, from <c>/proc/uptime</c>.</summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
internal sealed class Uptime(string root) : IHostSource
{
    private const double SecondsPerDay = 86_400;

    public string Name => "/proc/uptime";

    public void Read(HostReading reading)
    {
        using var lines = new ProcLines(Path.Combine(root, "proc/uptime"));
        reading.Set(HostMetric.UptimeDays, new ProcFields(lines.First()).NextNumber() / SecondsPerDay);
    }
}
