using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Alerts;
using TftPortal.Engine.Fleet;
using TftPortal.Owning;

namespace TftPortal.Dashboard.Alerts;

/// <summary>Of which servers nothing is sent, and when that ends.</summary>
public sealed partial class SilencesPage : LiveComponent
{
    private const int Most = 200;

    private DateTimeOffset now;
    private bool mayAct;
    private Asked asked;
    private MaintenanceWindow? subject;
    private string? fault;

    private enum Asked
    {
        Nothing,
        Silence,
        Window,
        Remove,
    }

    [Inject]
    private MaintenanceCalendar Calendar { get; set; } = null!;

    [Inject]
    private Visitor Visitor { get; set; } = null!;

    [Inject]
    private PageOrders Orders { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private List<AlertSilence> On => [.. Outlook.Book.Silences.Where(silence => silence.IsOn(now))];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => mayAct = await Visitor.MayAsync(PortalRoles.Operator);

    /// <inheritdoc />
    protected override void OnPicture() => now = Clock.GetUtcNow();

    private void Close() => (asked, subject, fault, now) = (Asked.Nothing, null, null, Clock.GetUtcNow());

    private Task EndAsync(AlertSilence silence) => DoAsync(by => new EndSilenceOrder(silence.Id, by));

    private Task RemoveAsync(MaintenanceWindow window, bool sure)
    {
        Close();
        return sure ? DoAsync(by => new RemoveMaintenanceOrder(window.Id, by)) : Task.CompletedTask;
    }

    private async Task DoAsync(Func<string, AlertOrder> order)
    {
        Close();
        var (answer, problem) = await Orders.SubmitAsync(PortalRoles.Operator, order);
        fault = problem ?? answer?.Faults.FirstOrDefault()?.Reason;
        now = Clock.GetUtcNow();
    }
}
