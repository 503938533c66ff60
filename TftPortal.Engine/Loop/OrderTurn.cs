using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Loop;

/// <summary>The orders of one turn: done one after the other, written down together, since all alerts are written each time; what can't be written is undone, all of it.</summary>
internal sealed class OrderTurn(AlertDesk desk, BookKeeper keeper, TimeProvider clock)
{
    private readonly AlertBook book = keeper.Book;
    private readonly List<Alert> acted = []; // as they were before
    private readonly List<(PendingOrder Pending, OrderAnswer Answer)> answers = [];

    /// <summary>How many were answered.</summary>
    public int Count => answers.Count;

    /// <summary>Whether anything was done.</summary>
    public bool IsDone => answers.Any(one => one.Answer.IsDone);

    /// <summary>Does an order; it is on disk only after <see cref="Keep"/>.</summary>
    public void Do(PendingOrder pending)
    {
        var now = clock.GetUtcNow();
        OrderFault[] faults = [.. OrderCheck.FaultsOf(pending.Order, now)];
        answers.Add((pending, faults.Length > 0 ? OrderAnswer.Refused(faults) : pending.Order is ActOrder act ? Act(act, now) : keeper.Do(pending.Order, now)));
    }

    /// <summary>Writes down what was done.</summary>
    /// <param name="alerts">Writes the alerts.</param>
    /// <param name="bookOf">Writes the book.</param>
    public void Keep(Action alerts, Action bookOf)
    {
        KeepOr(alerts, isAct: true, () =>
        {
            for (var last = acted.Count - 1; last >= 0; last--) desk.Replace(acted[last]);
        });
        KeepOr(bookOf, isAct: false, () => keeper.Open(book));
    }

    /// <summary>Answers those who wait.</summary>
    public void Answer()
    {
        foreach (var (pending, answer) in answers) pending.Done.TrySetResult(answer);
    }

    private OrderAnswer Act(ActOrder order, DateTimeOffset now)
    {
        if (desk.Find(order.Alert) is not { } alert) return OrderAnswer.Unknown("alert", order.Alert);
        acted.Add(alert);
        desk.Replace(alert.With(new(order.Kind, order.By, now, order.Text.Trim())));
        return OrderAnswer.Done(alert.Id);
    }

    private void KeepOr(Action keep, bool isAct, Action undo)
    {
        if (!answers.Any(IsOfThese)) return;
        try
        {
            keep();
        }
        catch (Exception fault) // whatever it is, nobody may be told that it was done
        {
            undo();
            foreach (var (pending, _) in answers.Where(IsOfThese)) pending.Done.TrySetException(new OrderNotKeptException($"This can't be written down just now ({fault.Message.TrimEnd('.')}), and was not done. Try again.", fault));
            answers.RemoveAll(one => IsOfThese(one));
        }

        bool IsOfThese((PendingOrder Pending, OrderAnswer Answer) one) => one.Answer.IsDone && one.Pending.Order is ActOrder == isAct;
    }
}
