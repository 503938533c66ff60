namespace TftPortal.Agent.Readings;

/// <summary>The one-minute load average, from <c>/proc/loadavg</c>.</summary>
/// <param name="root">The folder that <c>proc</c> lies in.</param>
internal sealed class LoadAverage(string root) : IHostSource
{
    public string Name => "/proc/loadavg";

    public void Read(HostReading reading)
    {
        using var lines = new ProcLines(Path.Combine(root, "proc/loadavg"));
        reading.Set(HostMetric.LoadAverage, new ProcFields(lines.First()).NextNumber());
    }
}
