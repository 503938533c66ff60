using Microsoft.AspNetCore.Components;
using TftPortal.Engine.Alerts;

namespace TftPortal.Dashboard.Alerts;

/// <summary>A dialog that has something done with alerts, and says at each field what is wrong with it.</summary>
public abstract class OrderDialog : ComponentBase
{
    private IReadOnlyList<OrderFault> faults = [];

    /// <summary>It was closed, or what it asked for was done.</summary>
    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>The portal's clock.</summary>
    [Inject]
    protected TimeProvider Clock { get; private set; } = null!;

    [Inject]
    private PageOrders Orders { get; set; } = null!;

    /// <summary>Why nothing was done, where no field is to blame.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Whether something is being done.</summary>
    protected bool Waits { get; private set; }

    /// <summary>What to say above the fields; null where nothing is wrong.</summary>
    protected string? Headline => Problem ?? (faults.Count switch { 0 => null, 1 => "One field is wrong. Nothing was changed.", var wrong => $"{wrong} things are wrong. Nothing was changed." });

    /// <summary>What is wrong with a field.</summary>
    protected IReadOnlyList<string> Of(string field) => [.. faults.Where(fault => fault.Field == field).Select(fault => fault.Reason)];

    /// <summary>Forgets what was wrong.</summary>
    protected void Forget() => (Problem, faults) = (null, []);

    /// <summary>Has it done, and closes.</summary>
    /// <param name="policy">What whoever asks must be.</param>
    /// <param name="order">The order, by the name of whoever asks.</param>
    /// <param name="unread">What could not be read of the fields.</param>
    protected async Task SubmitAsync(string policy, Func<string, AlertOrder> order, params IReadOnlyList<OrderFault> unread)
    {
        if (Waits) return;
        (Waits, Problem, faults) = (true, null, unread);
        try
        {
            if (unread.Count > 0) return;
            (var done, Problem) = await Orders.SubmitAsync(policy, order);
            if (done is null) return;
            if (done.IsDone) await OnClosed.InvokeAsync();
            else if (done.IsUnknown) Problem = $"{done.Faults[0].Reason} Somebody may have removed it meanwhile; nothing was changed.";
            else faults = done.Faults;
        }
        finally
        {
            Waits = false;
        }
    }
}
