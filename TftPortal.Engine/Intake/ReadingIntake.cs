using System.Threading.Channels;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Intake;

/// <summary>What became of a batch.</summary>
/// <param name="Counts">The window after the batch was applied.</param>
/// <param name="Refused">Readings that the window could not take, by index in the batch; empty as a rule.</param>
public sealed record IntakeReceipt(WindowCounts Counts, IReadOnlyList<RefusedReading> Refused);

/// <summary>A reading that was valid by itself, but that the window could not take.</summary>
/// <param name="Index">Index in the batch.</param>
/// <param name="Field">The field that the reason is about.</param>
/// <param name="Reason">Why, and what is allowed.</param>
public sealed record RefusedReading(int Index, string Field, string Reason);

/// <summary>The door to the window: many producers, one consumer (the loop).</summary>
public sealed class ReadingIntake
{
    private readonly Channel<PendingBatch> pending =
        Channel.CreateBounded<PendingBatch>(new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Hands a batch to the loop and waits until it is durable and has been applied.</summary>
    /// <exception cref="IntakeUnavailableException">It could not be made durable; nothing of it was taken.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, or the engine stops.</exception>
    public async Task<IntakeReceipt> SubmitAsync(ReadingBatch batch, CancellationToken stop)
    {
        var entry = new PendingBatch(batch, new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await pending.Writer.WriteAsync(entry, stop);
        }
        catch (ChannelClosedException closed)
        {
            throw new OperationCanceledException("The engine has stopped.", closed);
        }

        return await entry.Done.Task.WaitAsync(stop);
    }

    internal ChannelReader<PendingBatch> Pending => pending.Reader;

    /// <summary>No more batches: those still waiting are cancelled by the loop.</summary>
    internal void Close() => pending.Writer.TryComplete();
}

internal sealed record PendingBatch(ReadingBatch Batch, TaskCompletionSource<IntakeReceipt> Done);
