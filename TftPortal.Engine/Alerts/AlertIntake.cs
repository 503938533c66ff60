using System.Threading.Channels;

namespace TftPortal.Engine.Alerts;

/// <summary>The door for what people do with alerts: many askers, one consumer (the loop).</summary>
public sealed class AlertIntake
{
    private readonly Channel<PendingOrder> pending = Channel.CreateBounded<PendingOrder>(new BoundedChannelOptions(256) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Hands an order to the loop and waits until it is done and on disk, and shows in the newest picture.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="stop">Ends the wait, not the order.</param>
    /// <returns>What became of it; refused orders changed nothing.</returns>
    /// <exception cref="OrderNotKeptException">It could not be written down; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, or the engine stops.</exception>
    public async Task<OrderAnswer> SubmitAsync(AlertOrder order, CancellationToken stop)
    {
        var entry = new PendingOrder(order, new(TaskCreationOptions.RunContinuationsAsynchronously));
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

    internal ChannelReader<PendingOrder> Pending => pending.Reader;

    /// <summary>No more orders: those still waiting are cancelled.</summary>
    internal void Close()
    {
        pending.Writer.TryComplete();
        while (pending.Reader.TryRead(out var waiting)) waiting.Done.TrySetCanceled(CancellationToken.None);
    }
}

internal sealed record PendingOrder(AlertOrder Order, TaskCompletionSource<OrderAnswer> Done);
