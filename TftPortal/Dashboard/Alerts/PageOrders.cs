using TftPortal.Dashboard.Live;
using TftPortal.Engine.Alerts;
using TftPortal.Owning;

namespace TftPortal.Dashboard.Alerts;

/// <summary>Has done what somebody wants on a page, if they may, and says in words why it could not be.</summary>
internal sealed class PageOrders(ActingVisitor acting, AuditedOrders orders)
{
    /// <summary>Has an order done. What was begun is told, even if the page is left meanwhile.</summary>
    /// <param name="policy">What whoever asks must be.</param>
    /// <param name="order">The order, by the name of whoever asks.</param>
    /// <returns>What became of it; or, where it came to nobody, why.</returns>
    public async Task<(OrderAnswer? Answer, string? Problem)> SubmitAsync(string policy, Func<string, AlertOrder> order)
    {
        try
        {
            return await acting.AskAsync(policy) is { } by ? (await orders.SubmitAsync(order(by.Name), by, CancellationToken.None), null) : (null, ActingVisitor.No(policy));
        }
        catch (OrderNotKeptException failed)
        {
            return (null, failed.Message);
        }
        catch (OperationCanceledException)
        {
            return (null, "The portal is stopping. Nothing was changed.");
        }
    }
}
