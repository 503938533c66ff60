using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Intake;
using TftPortal.Engine.State;

namespace TftPortal.Engine.Loop;

/// <summary>
/// Writes every batch down before it is applied: a thread of its own takes what waits, up to 1,000 batches, makes it durable with one flush, and hands it on in order.
/// What can't be written is refused to whoever sent it, and goes no further. A simulated batch is handed on in its place and not written: the next start simulates anew.
/// </summary>
internal sealed class Scribe(ReadingIntake intake, IFeedJournal journal, StateKeeper keeper, TimeProvider clock, ILogger<Scribe> logger)
{
    private const int MostAtOnce = 1_000;

    private readonly Channel<WrittenBatch> written = Channel.CreateUnbounded<WrittenBatch>(new() { SingleReader = true, SingleWriter = true });
    private readonly List<PendingBatch> group = new(MostAtOnce);
    private readonly List<ReadingBatch> real = new(MostAtOnce);
    private bool isFailing;

    /// <summary>What is durable and waits to be applied; it ends once the token given to <see cref="RunAsync"/> does.</summary>
    public ChannelReader<WrittenBatch> Written => written.Reader;

    /// <summary>Writes until the token ends it; what it has written by then can be read from <see cref="Written"/>.</summary>
    public Task RunAsync(CancellationToken stop) => Task.Factory.StartNew(() => Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && WaitsFor(intake.Pending.WaitToReadAsync(stop)))
            {
                while (group.Count < MostAtOnce && intake.Pending.TryRead(out var pending)) group.Add(pending);
                Write();
                group.Clear();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop: what still waits is turned away by the loop.
        }
        finally
        {
            written.Writer.Complete();
        }
    }

    // Waited for without spinning, as a task's own wait would: the cores are wanted by whoever makes the next batch.
    private static bool WaitsFor(ValueTask<bool> batches)
    {
        if (batches.IsCompletedSuccessfully) return batches.Result;
        var more = batches.AsTask();
        ((IAsyncResult)more).AsyncWaitHandle.WaitOne();
        return more.GetAwaiter().GetResult();
    }

    private void Write()
    {
        real.Clear();
        real.AddRange(group.Select(pending => pending.Batch).Where(batch => !batch.IsSimulated));
        var now = clock.GetUtcNow();
        var sequence = 0L;
        if (real.Count > 0 && !TryAppend(now, out sequence)) group.RemoveAll(pending => !pending.Batch.IsSimulated);
        foreach (var pending in group) written.Writer.TryWrite(new(pending, pending.Batch.IsSimulated ? 0 : sequence++, now));
    }

    private bool TryAppend(DateTimeOffset now, out long first)
    {
        try
        {
            first = journal.Append(real, now.ToUnixTimeMilliseconds());
            if (isFailing) Log.WritesAgain(logger);
            if (isFailing) keeper.Tell(StateMatter.Journal, null);
            isFailing = false;
            keeper.Change(state => state with { Journal = journal.Figures });
            return true;
        }
        catch (JournalFailedException failed)
        {
            Refuse(failed, failed.IsDiskFull ? StateHealth.DiskFull : StateHealth.NotWritable);
        }
        catch (Exception fault) // a fault of ours must not end the only thread that writes
        {
            Refuse(fault, StateHealth.NotWritable);
        }

        first = 0;
        return false;
    }

    private void Refuse(Exception fault, StateHealth health)
    {
        var message = $"Readings can't be kept just now ({fault.Message.TrimEnd('.')}) and none of these was taken. Send them again; forecasts of what is known go on.";
        if (!isFailing) Log.CannotWrite(logger, fault, fault.Message);
        isFailing = true;
        keeper.Tell(StateMatter.Journal, new(health, $"Readings are refused: {fault.Message.TrimEnd('.')}. Forecasts of what is in memory go on; every new batch tries again."));
        foreach (var pending in group)
        {
            if (!pending.Batch.IsSimulated) pending.Done.TrySetException(new IntakeUnavailableException(message, fault));
        }
    }
}

/// <summary>A batch that is durable.</summary>
/// <param name="Pending">The batch, and who waits for it.</param>
/// <param name="Sequence">Its place in the journal; 0 for one that is not in it.</param>
/// <param name="ReceivedAt">When it came in: what it is applied with, now and whenever the journal is read again.</param>
internal readonly record struct WrittenBatch(PendingBatch Pending, long Sequence, DateTimeOffset ReceivedAt);

internal static partial class Log
{
    [LoggerMessage(3, LogLevel.Error, "Readings are refused with 503, for they can't be written to the journal: {Reason}. Forecasts of what is in memory go on, and every new batch tries again.")]
    public static partial void CannotWrite(ILogger logger, Exception fault, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The journal can be written again; readings are taken.")]
    public static partial void WritesAgain(ILogger logger);
}
