using Microsoft.Extensions.Options;
using TftPortal.Agent.Readings;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;

namespace TftPortal.SelfMonitoring;

/// <summary>Feeds the portal with its own host's metrics, by the door that everybody uses: a first start shows a real server.</summary>
/// <param name="options">The settings <c>Agent:*</c>.</param>
/// <param name="reader">Reads the host.</param>
/// <param name="intake">The door to the window.</param>
/// <param name="profiles">Tells the host's profile from its name.</param>
/// <param name="clock">Keeps the intervals.</param>
/// <param name="logger">Tells what fails, once an outage.</param>
internal sealed partial class SelfMonitor(
    IOptions<SelfMonitorOptions> options, HostReader reader, ReadingIntake intake, ProfileNaming profiles, TimeProvider clock, ILogger<SelfMonitor> logger) : BackgroundService
{
    private readonly string name = options.Value.Name is { Length: > 0 } chosen ? chosen : HostName.Own;
    private readonly float[] values = new float[MetricCatalog.Count];
    private bool isRefused;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.SelfMonitor) return;
        if (!HostReader.IsSupported)
        {
            Log.NotLinux(logger);
            return;
        }

        var interval = TimeSpan.FromSeconds(options.Value.IntervalSeconds);
        Log.Started(logger, name, options.Value.IntervalSeconds);
        using var rounds = new PeriodicTimer(interval, clock);
        do await SubmitAsync(await reader.ReadAsync(stoppingToken), stoppingToken);
        while (await rounds.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SubmitAsync(HostReading reading, CancellationToken stop)
    {
        foreach (var fault in reading.NewFaults) Log.SourceFailed(logger, fault.Source, fault.Reason);
        if (reading.Count == 0) return;

        try
        {
            var receipt = await intake.SubmitAsync(BatchOf(reading), stop);
            var refused = receipt.Refused.Count > 0 ? receipt.Refused[0] : null;
            if (refused is not null && !isRefused) Log.Refused(logger, name, refused.Reason);
            isRefused = refused is not null;
        }
        catch (Exception refused) when (refused is IntakeUnavailableException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // This one batch is given up; the next reading tries again.
            if (!isRefused) Log.Refused(logger, name, refused is IntakeUnavailableException ? refused.Message : "the engine did not take the reading");
            isRefused = true;
        }
    }

    private ReadingBatch BatchOf(HostReading reading)
    {
        Array.Fill(values, float.NaN);
        for (var metric = 0; metric < HostMetrics.Count; metric++)
        {
            // The wire names are what agent and engine agree on; that each has one here is a test's claim.
            if (MetricCatalog.TryFind(HostMetrics.Names[metric], out var definition)) values[(int)definition.Metric] = (float)reading[(HostMetric)metric];
        }

        var batch = new ReadingBatch(1);
        batch.Add(name, reading.Time.ToUnixTimeMilliseconds(), profiles.Of(name), ServerStatus.Healthy, values);
        return batch;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The portal reads its own host as {Server} every {Seconds} s (Agent:SelfMonitor).")]
        public static partial void Started(ILogger logger, string server, int seconds);

        [LoggerMessage(2, LogLevel.Information, "The portal does not read its own host: it is no Linux.")]
        public static partial void NotLinux(ILogger logger);

        [LoggerMessage(3, LogLevel.Warning, "{Source} gives nothing, its metrics are left out: {Reason}")]
        public static partial void SourceFailed(ILogger logger, string source, string reason);

        [LoggerMessage(4, LogLevel.Warning, "The reading of {Server} was refused: {Reason}. It is tried again.")]
        public static partial void Refused(ILogger logger, string server, string reason);
    }
}
