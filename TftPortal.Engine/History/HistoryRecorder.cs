using System.Threading.Channels;
using DuckDB.NET.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.History;

/// <summary>
/// Writes the past down as pictures come: alerts with the picture that changed them, steps once they have ended. It has a thread of its own and never makes a forecast wait;
/// should the disk be slower than the pictures, the oldest that wait are passed over, and what they had is in the next.
/// </summary>
internal sealed class HistoryRecorder(HistoryPlace? place, HistoryOptions options, HistoryState state, TimeProvider clock, ILogger<HistoryRecorder> logger) : BackgroundService
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly Channel<FleetOutlook> pictures = Channel.CreateBounded<FleetOutlook>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });
    private bool isFailing;

    /// <summary>Takes a picture note of; returns at once.</summary>
    public void Note(FleetOutlook picture)
    {
        if (place is not null) pictures.Writer.TryWrite(picture);
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (place is not null) TryTidy(place);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Writes what has been taken note of, for as long as a host that stops can wait.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        pictures.Writer.TryComplete();
        if (ExecuteTask is { } writing) await Task.WhenAny(writing, Task.Delay(Farewell, clock, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        place is null ? Task.CompletedTask : Task.Factory.StartNew(() => Run(place, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(HistoryPlace folder, CancellationToken stop)
    {
        var real = new HistoryStore(folder.Folder, options, clock);
        var simulated = new HistoryStore(HistoryFolders.Simulated(folder), options, clock);
        List<HistoryWriter> writers = [];
        List<Compaction> compactions = [new(real, options), new(simulated, options)];
        var isRecalled = false;
        var compactedAt = long.MinValue;
        try
        {
            while (pictures.Reader.WaitToReadAsync(stop).AsTask().GetAwaiter().GetResult())
            {
                while (pictures.Reader.TryRead(out var picture)) Try(() =>
                {
                    if (!isRecalled || state.TakeDisturbance()) Recall(picture);
                    foreach (var writer in writers) writer.Write(picture);
                    // Once a step, for that is when parts come; and not as it stops: what is left to tidy is left to the next start.
                    if (picture.FirstStep == compactedAt || pictures.Reader.Completion.IsCompleted) return;
                    foreach (var compaction in compactions) compaction.Run(clock.GetUtcNow(), stop);
                    compactedAt = picture.FirstStep;
                }, real);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }

        if (isRecalled) Try(() => { foreach (var writer in writers) writer.WriteMoment(); }, real);

        void Recall(FleetOutlook picture)
        {
            isRecalled = false;
            HistoryFolders.Begin(simulated.Root);
            writers = [new(real, isSimulated: false), new(simulated, isSimulated: true)];
            foreach (var writer in writers) writer.Recall(picture, stop);
            isRecalled = true;
        }
    }

    // What can't be written now is new again with the next picture.
    private void Try(Action write, HistoryStore store)
    {
        try
        {
            write();
            if (isFailing) Log.Writes(logger);
            isFailing = false;
            state.Wrote(clock.GetUtcNow());
        }
        catch (Exception fault) when (fault is not OperationCanceledException) // whatever it is must not end the only thread that writes, nor the host
        {
            if (!isFailing) Log.CannotWrite(logger, fault, fault.Message);
            isFailing = true;
            state.Failed(fault.Message);
            if (fault is DuckDBException damage && !DamagedHistory.IsOurs(damage.Message)) TrySetAside(store);
        }
    }

    private void TrySetAside(HistoryStore store)
    {
        try
        {
            if (DamagedHistory.SetAside(store, clock, logger, CancellationToken.None) > 0) state.Disturb();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DuckDBException)
        {
            Log.NotTidied(logger, fault.Message);
        }
    }

    private void TryTidy(HistoryPlace folder)
    {
        try
        {
            HistoryFolders.Tidy(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.NotTidied(logger, fault.Message);
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(44, LogLevel.Warning, "What is left over in the history's folder can't be put away: {Reason}")]
    public static partial void NotTidied(ILogger logger, string reason);

    [LoggerMessage(40, LogLevel.Error, "The history can't be written: {Reason}. Forecasts and alerts go on; it is tried again with every picture, and as long as the window holds what was missed nothing is lost.")]
    public static partial void CannotWrite(ILogger logger, Exception fault, string reason);

    [LoggerMessage(41, LogLevel.Warning, "The history is written again.")]
    public static partial void Writes(ILogger logger);
}
