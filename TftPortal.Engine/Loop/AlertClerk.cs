using Microsoft.Extensions.Logging;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.Insight;
using TftPortal.Engine.Publishing;
using TftPortal.Engine.State;

namespace TftPortal.Engine.Loop;

/// <summary>
/// Puts the alerts into each picture and does what people order, one after the other: whoever has been answered finds it on disk and in the newest picture. An order waits for no forecast;
/// the turn is taken for the alerts alone.
/// </summary>
internal sealed class AlertClerk(AlertDesk desk, CascadeDetector cascades, BookKeeper keeper, Hush hush, AlertFile file, AlertIntake intake, OutlookFeed feed, TimeProvider clock, ILogger<AlertClerk> logger)
{
    private const int MostAtOnce = 100;

    private readonly Lock turn = new();
    private long sequence;
    private bool keeps = true;

    /// <summary>Goes on from the alerts and the book of before a restart. Before the first picture.</summary>
    public void Recall()
    {
        var memory = file.Read(out var damage);
        if (damage is not null) Log.AlertsLost(logger, damage);
        desk.Recall(memory);
        cascades.Recall(memory.Incidents);
        keeper.Open(file.ReadBook(out var bookDamage));
        if (bookDamage is not null) Log.BookLost(logger, bookDamage);
        feed.Publish(feed.Latest with { Book = keeper.Book });
    }

    /// <summary>Completes a picture with its alerts, and publishes it.</summary>
    /// <param name="picture">The picture without them.</param>
    /// <param name="now">The time that it shows.</param>
    public void Show(FleetOutlook picture, DateTimeOffset now)
    {
        lock (turn)
        {
            cascades.Sort(desk.Review(picture.Servers, now), desk.Raises, picture.Servers.Select(server => server.Server), now);
            Keep();
            feed.Publish(Complete(picture, ++sequence));
        }
    }

    /// <summary>Does what is ordered until the token ends it.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await intake.Pending.WaitToReadAsync(stop)) Do(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            Close();
        }
    }

    /// <summary>No more orders: those that wait are cancelled.</summary>
    public void Close() => intake.Close();

    private void Do(CancellationToken stop)
    {
        OrderTurn orders;
        lock (turn)
        {
            orders = new(desk, keeper, clock);
            while (!stop.IsCancellationRequested && orders.Count < MostAtOnce && intake.Pending.TryRead(out var pending))
            {
                try
                {
                    orders.Do(pending);
                }
                catch (Exception fault) // a fault of ours must not end the only one who does orders
                {
                    Log.OrderFailed(logger, fault, pending.Order.GetType().Name);
                    pending.Done.TrySetException(new OrderNotKeptException("This could not be done; the portal's log says why. Nothing was changed.", fault));
                }
            }

            orders.Keep(() => file.Write(Memory), () => file.Write(keeper.Book));
            if (orders.IsDone) feed.Publish(Complete(feed.Latest, feed.Latest.Sequence == 0 ? 0 : ++sequence));
        }

        orders.Answer();
    }

    private AlertMemory Memory => desk.Memory with { Incidents = cascades.Incidents };

    private FleetOutlook Complete(FleetOutlook picture, long number) => picture with
    {
        Sequence = number,
        Alerts = hush.Over(cascades.Homed(desk.Standing), keeper.Book, clock.GetUtcNow()),
        Incidents = cascades.Incidents,
        Ended = desk.Ended,
        Book = keeper.Book,
    };

    // A disk that is full costs the alerts their identity at the next restart, and nothing now.
    private void Keep()
    {
        try
        {
            file.Write(Memory);
            keeps = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (keeps) Log.AlertsNotKept(logger, fault.Message);
            keeps = false;
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Warning, "The alerts that stand can't be written down ({Reason}): after a restart they would begin anew. It is tried again with each picture.")]
    public static partial void AlertsNotKept(ILogger logger, string reason);

    [LoggerMessage(21, LogLevel.Warning, "The alerts begin anew: {Damage}.")]
    public static partial void AlertsLost(ILogger logger, string damage);

    [LoggerMessage(22, LogLevel.Error, "Silences, maintenance windows and the admins' rules begin anew: {Damage}. Bring the file back from a copy, or make them again.")]
    public static partial void BookLost(ILogger logger, string damage);

    [LoggerMessage(23, LogLevel.Error, "{Order} could not be done; whoever asked was told. The alerts go on; please report this with the stack below.")]
    public static partial void OrderFailed(ILogger logger, Exception fault, string order);
}
