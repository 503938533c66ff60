using TftPortal.Agent.Posting;
using TftPortal.Agent.Readings;

namespace TftPortal.Agent;

/// <summary>Reads the host at every interval and puts what it gives into the buffer.</summary>
/// <param name="reader">Reads the host.</param>
/// <param name="buffer">Takes the readings.</param>
/// <param name="log">Tells of sources that fail, once an outage.</param>
/// <param name="clock">Keeps the intervals.</param>
/// <param name="interval">Time from one reading to the next.</param>
internal sealed class ReadingRounds(HostReader reader, ReadingBuffer buffer, AgentLog log, TimeProvider clock, TimeSpan interval)
{
    private bool hasToldOfDrops;

    /// <summary>Reads until it is stopped.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var rounds = new PeriodicTimer(interval, clock);
        do await TakeAsync(stop);
        while (await rounds.WaitForNextTickAsync(stop));
    }

    /// <summary>Takes one reading; one without any metric is not worth sending.</summary>
    public async Task<HostReading> TakeAsync(CancellationToken stop)
    {
        var reading = await reader.ReadAsync(stop);
        foreach (var fault in reading.NewFaults) log.Warning($"{fault.Source} gives nothing, its metrics are left out: {fault.Reason}");
        if (reading.Count == 0) return reading;
        var hasDropped = buffer.Add(reading);
        if (hasDropped && !hasToldOfDrops) log.Warning("The buffer is full: the oldest readings are dropped from now on.");
        hasToldOfDrops = hasDropped;
        return reading;
    }
}
