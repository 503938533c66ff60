using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.History;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Risk;
using TftPortal.Engine.State;

namespace TftPortal.Engine.Loop;

/// <summary>
/// Keeps why an alert was raised, and why it became critical, on a thread of its own below all others: the picture that raised it never changes, so there is time. An alert is as right without;
/// what can't be kept is said in the log and by whoever asks for it.
/// </summary>
internal sealed class EvidenceClerk(EvidenceFolder folder, Explainer explainer, Watchlist watchlist, AlertOptions options, HistoryOptions history, StepGrid grid, TimeProvider clock, ILogger<EvidenceClerk> logger) : BackgroundService
{
    /// <summary>How many may wait: each holds on to a server's past.</summary>
    public const int MostWaiting = 2_000;

    private const long Megabyte = 1 << 20;
    private static readonly TimeSpan TidyAgainAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Channel<EvidenceCase> cases = Channel.CreateBounded<EvidenceCase>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
    private readonly DateTimeOffset started = clock.GetUtcNow();
    private Dictionary<Guid, AlertSeverity> seen = [];
    private long bytes;
    private DateOnly tidied;
    private bool isFailing;

    private bool IsOn => options.EvidenceMegabytes > 0;

    /// <summary>Takes note of the alerts of a picture that are new or worse; returns at once. Those from before this start were kept then.</summary>
    public void Note(FleetOutlook picture)
    {
        if (!IsOn) return;
        var now = new Dictionary<Guid, AlertSeverity>(picture.Alerts.Length);
        var missed = 0;
        foreach (var alert in picture.Alerts)
        {
            now[alert.Id] = alert.Severity;
            EvidenceMoment? moment = seen.TryGetValue(alert.Id, out var before) ? alert.Severity > before ? EvidenceMoment.Escalated : null : alert.StartedAt < started ? null : EvidenceMoment.Raised;
            if (moment is not { } kept || !picture.ByName.TryGetValue(alert.Server, out var server)) continue;
            if (!cases.Writer.TryWrite(new(kept, alert, server, picture.Time))) missed++;
        }

        seen = now;
        if (missed > 0) Log.EvidenceMissed(logger, missed, MostWaiting);
    }

    /// <summary>Keeps what has been taken note of, for as long as a host that stops can wait.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        cases.Writer.TryComplete();
        if (ExecuteTask is { } writing) await Task.WhenAny(writing, Task.Delay(Farewell, clock, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stop)
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal; // a thread of its own, which ends with this method
        TryTidy();
        if (!IsOn) return; // what there was is forgotten
        try
        {
            for (var comes = MoreAsync(stop); IsMore(comes, stop); comes = comes.IsCompleted ? MoreAsync(stop) : comes)
            {
                if (DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) != tidied) TryTidy();
                while (!stop.IsCancellationRequested && cases.Reader.TryRead(out var of)) Try(() => Keep(of));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private Task<bool> MoreAsync(CancellationToken stop) => cases.Reader.WaitToReadAsync(stop).AsTask();

    // True as well when nothing came for an hour: a portal without alerts forgets what is too old, too.
    private bool IsMore(Task<bool> comes, CancellationToken stop)
    {
        try
        {
            return comes.WaitAsync(TidyAgainAfter, clock, stop).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private void Keep(EvidenceCase of)
    {
        if (folder.Has(of.Alert.Id, of.Moment)) return; // kept before a restart: only a clock that was set back since makes it look new
        bytes += folder.Write(Of(of));
        if (bytes > options.EvidenceMegabytes * Megabyte) TryTidy();
    }

    private AlertEvidence Of(EvidenceCase of)
    {
        Gauge.TryFind(of.Alert.Metric, out var gauge);
        var watch = watchlist.For(of.Server.Server).FirstOrDefault(watch => watch.Gauge.Name == gauge.Name);
        var (why, fault) = Explain(of, gauge);
        return new()
        {
            Moment = of.Moment,
            TakenAt = of.At,
            Alert = of.Alert,
            Rule = watch is null ? null : RuleOf(watch),
            Forecast = of.Server.Forecast.Of(gauge.Metric) is { } forecast ? EvidenceForecast.Of(forecast) : null,
            Explanation = why,
            Fault = fault,
            Input = KeptInput.Of(of.Server.Server, grid, grid.StepOf(of.Server.Forecast.FirstStep)),
        };
    }

    // Input and forecast are worth keeping by themselves.
    private (Explanation? Why, string? Fault) Explain(EvidenceCase of, Gauge gauge)
    {
        try
        {
            var why = explainer.Explain(of.Server, gauge, of.Alert, of.At);
            return (why, why is null ? "There was no forecast of the metric: its value alone raised the alert." : null);
        }
        catch (Exception fault)
        {
            Log.NotExplained(logger, fault, of.Alert.Server, of.Alert.Metric);
            return (null, "It could not be explained; the portal's log says why.");
        }
    }

    private EvidenceRule RuleOf(Watch watch) => new(
        watch.Threshold.Warning, watch.Threshold.Critical, watch.Gauge.IsBelow, watch.MinimumDeviation, watch.LookAheadMinutes ?? options.LookAheadMinutes,
        options.RaiseFrom(watch), watch.Threshold.ClearProbability ?? options.ClearProbability, [.. watch.Sources.Select(source => source.Rule.Name)]);

    // Apart from writing: evidence that was kept is kept, whatever can't be deleted.
    private void TryTidy()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var most = options.EvidenceMegabytes * Megabyte;
        tidied = today; // what fails is tried again tomorrow, or with the next alert that there is no room for
        try
        {
            bytes = folder.Forget(IsOn ? today.AddDays(-history.HourlyDays) : DateOnly.MaxValue, bytes > most ? most / 10 * 9 : most); // a tenth at a time: not a look through the folder with every alert
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.EvidenceNotForgotten(logger, fault);
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
            if (isFailing) Log.EvidenceKept(logger);
            isFailing = false;
            folder.LastFailure = null;
        }
        catch (Exception fault) // whatever it is must not end the only thread that keeps evidence, nor the host
        {
            if (!isFailing) Log.EvidenceNotKept(logger, fault, fault.Message.TrimEnd('.'));
            isFailing = true;
            folder.LastFailure = fault.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }

    /// <summary>An alert whose evidence is to be kept, with the server as its picture has it.</summary>
    private sealed record EvidenceCase(EvidenceMoment Moment, Alert Alert, ServerOutlook Server, DateTimeOffset At);
}

internal static partial class Log
{
    [LoggerMessage(50, LogLevel.Warning, "Why alerts are raised can't be kept ({Reason}): forecasts and alerts go on, and are as right without. It is tried again with the next alert.")]
    public static partial void EvidenceNotKept(ILogger logger, Exception fault, string reason);

    [LoggerMessage(51, LogLevel.Information, "Why alerts are raised is kept again.")]
    public static partial void EvidenceKept(ILogger logger);

    [LoggerMessage(52, LogLevel.Warning, "Why {Alerts} alerts were raised is not kept: {Waiting} others wait for it already.")]
    public static partial void EvidenceMissed(ILogger logger, int alerts, int waiting);

    [LoggerMessage(54, LogLevel.Warning, "What was kept of old alerts can't be deleted; it is tried again tomorrow. Check the rights of the folder beside the state.")]
    public static partial void EvidenceNotForgotten(ILogger logger, Exception fault);

    [LoggerMessage(53, LogLevel.Error, "The alert of {Server} on {Metric} can't be explained; its input and forecast are kept. Please report this with the stack below.")]
    public static partial void NotExplained(ILogger logger, Exception fault, string server, string metric);
}
