using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.History;
using TftPortal.Engine.Intake;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;
using TftPortal.Engine.Window;

namespace TftPortal.Engine.Loop;

/// <summary>
/// The one writer: applies batches as they become durable, and whenever a picture or a save is due, has it made from a snapshot.
/// Both are made beside the loop, so that a POST never waits for a forecast or a file.
/// </summary>
internal sealed class EngineLoop(
    ReadingIntake intake, Scribe scribe, StateRoom state, StateSaver saver, ClockWatch clocks, FleetWindow window, ForecastCycle cycle, AlertClerk clerk, OutlookFeed feed, HistoryRecorder history, EvidenceClerk evidence, AccuracyClerk accuracy, Cadence cadence,
    EngineMeter meter, TimeProvider clock, ILogger<EngineLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private long applied; // the journal's last batch that is in the window

    /// <summary>Reads what is on disk before anybody is let in.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        applied = await state.RestoreAsync(window);
        saver.Applied((int)Math.Min(int.MaxValue, state.Keeper.Report.Replay?.Records ?? 0)); // the journal still carries these
        feed.Report(window.Counts);
        clerk.Recall();
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var making = Task.CompletedTask;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var writing = scribe.RunAsync(ending.Token);
        var obeying = clerk.RunAsync(ending.Token);
        try
        {
            await foreach (var batch in BatchesAndBeatsAsync(stoppingToken))
            {
                if (batch is { } written) Apply(written);
                var now = clock.GetUtcNow();
                if (saver.IsDue(applied)) saver.Begin(window.BeginImage(now), applied);
                while (saver.TakeMore(isIdle: !scribe.Written.TryPeek(out _)))
                {
                    // A slice after the other, until a batch waits.
                }

                while (!scribe.Written.TryPeek(out _) && window.MoveMore())
                {
                    // The same for servers that a step's turn has yet to reach.
                }

                if (!making.IsCompleted || !cadence.IsDue(now, window.Counts)) continue;
                var snapshot = window.Snapshot(now);
                feed.Report(snapshot.Counts);
                clocks.Report(window, now);
                cadence.Start(now, snapshot.Counts);
                making = CycleThread.Run(() => MakePicture(snapshot, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            intake.Close();
            await ending.CancelAsync();
            await writing;
            await obeying;
            TurnAway();
            while (scribe.Written.TryRead(out var last)) Apply(last); // it is durable, and its sender hears so
            await making;
            await saver.EndAsync(() => window.BeginImage(clock.GetUtcNow()), applied);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        TurnAway(); // a host that stops at once never ran the loop
    }

    private void TurnAway()
    {
        intake.Close();
        clerk.Close();
        while (intake.Pending.TryRead(out var waiting)) waiting.Done.TrySetCanceled(CancellationToken.None);
    }

    private void Apply(WrittenBatch written)
    {
        var (pending, batch) = (written.Pending, written.Pending.Batch);
        if (written.Sequence > 0) applied = written.Sequence;
        try
        {
            var receipt = window.Apply(batch, written.ReceivedAt);
            if (written.Sequence > 0) saver.Applied(batch.Count);
            clocks.Look(batch, receipt.Refused, written.ReceivedAt);
            feed.Report(receipt.Counts);
            meter.Batch(batch.Count - receipt.Refused.Count, receipt.Refused.Count);
            pending.Done.TrySetResult(receipt);
        }
        catch (Exception fault)
        {
            Log.BatchFailed(logger, fault, batch.Count);
            pending.Done.TrySetException(fault); // the sender learns that the batch was not taken; the loop goes on
        }
    }

    private void MakePicture(WindowSnapshot snapshot, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        try
        {
            clerk.Show(cycle.Run(snapshot, stop), snapshot.Time);
            history.Note(feed.Latest);
            evidence.Note(feed.Latest);
            accuracy.Note(feed.Latest, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last picture stands.
        }
        catch (Exception fault)
        {
            Log.CycleFailed(logger, fault, snapshot.Servers.Length);
            feed.Fail(new(clock.GetUtcNow(), fault.Message));
        }
        finally
        {
            meter.Cycle(clock.GetElapsedTime(started));
        }
    }

    /// <summary>Every batch that waits, and a null a quarter of a second, so that a picture becomes due without data too.</summary>
    private async IAsyncEnumerable<WrittenBatch?> BatchesAndBeatsAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        var beat = timer.WaitForNextTickAsync(stop).AsTask();
        var readable = scribe.Written.WaitToReadAsync(stop).AsTask();
        yield return null;
        while (await await Task.WhenAny(beat, readable))
        {
            while (!stop.IsCancellationRequested && scribe.Written.TryRead(out var batch)) yield return batch;
            if (readable.IsCompleted) readable = scribe.Written.WaitToReadAsync(stop).AsTask();
            if (!beat.IsCompleted) continue;
            yield return null;
            beat = timer.WaitForNextTickAsync(stop).AsTask();
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A batch of {Readings} readings could not be applied; its sender was told. The window goes on; please report this with the stack below.")]
    public static partial void BatchFailed(ILogger logger, Exception fault, int readings);

    [LoggerMessage(2, LogLevel.Error, "No picture of {Servers} servers could be made; the last one stands and the next cycle tries again. If it keeps failing, check the model in Engine:ModelFolder.")]
    public static partial void CycleFailed(ILogger logger, Exception fault, int servers);
}
