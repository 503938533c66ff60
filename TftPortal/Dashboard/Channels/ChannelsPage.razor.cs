using Microsoft.AspNetCore.Components;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Delivery;
using TftPortal.Notifications.Routing;
using TftPortal.Notifications.Senders;
using TftPortal.Notifications.Summaries;

namespace TftPortal.Dashboard.Channels;

/// <summary>Who is told of what, how the deliveries go, and what to do about those that don't. What is open stays open while the lists move on beneath it.</summary>
public sealed partial class ChannelsPage : PulsedComponent
{
    private const int Shown = 60;

    private IReadOnlyList<ListedChannel> channels = [];
    private IReadOnlyList<ListedRoute> routes = [];
    private IReadOnlyList<ListedDelivery> deliveries = [];
    private Asked asked;
    private string? subject, fault, testing;
    private string note = "";

    private enum Asked
    {
        Nothing,
        CreateChannel,
        EditChannel,
        DeleteChannel,
        CreateRoute,
        EditRoute,
        DeleteRoute,
        DeleteDelivery,
    }

    [Inject]
    private ChannelStore Store { get; set; } = null!;

    [Inject]
    private RouteStore Routes { get; set; } = null!;

    [Inject]
    private DeliveryQueue Queue { get; set; } = null!;

    [Inject]
    private QueueFigures Figures { get; set; } = null!;

    [Inject]
    private Dispatch Sender { get; set; } = null!;

    [Inject]
    private SummaryTrial Trial { get; set; } = null!;

    [Inject]
    private ActNotes Notes { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    private Channel? Channel => channels.FirstOrDefault(one => one.Channel.Id == subject)?.Channel;

    /// <inheritdoc />
    protected override async Task LookAsync()
    {
        channels = await Store.ListAsync(Left);
        routes = await Routes.ListAsync(Left);
        deliveries = await Queue.ListAsync(null, Shown, Left);
        await Figures.RefreshAsync(Left);
    }

    private string NameOf(string channelId) => channels.FirstOrDefault(one => one.Channel.Id == channelId)?.Channel.Name ?? channelId;

    private void Ask(Asked what, string? about = null) => (asked, subject, fault) = (what, about, null);

    private void Close() => Ask(Asked.Nothing);

    private Task DoneAsync()
    {
        Close();
        return LookAsync();
    }

    private Task ToggleAsync(Channel channel) => DoAsync(by => Store.SetEnabledAsync(channel.Id, !channel.IsEnabled, by, CancellationToken.None));

    private Task RetryAsync(long number) => DoAsync(by => Queue.RetryAsync(number, by, CancellationToken.None));

    private async Task AnswerAsync(bool sure, Func<KeyActor, Task<Change>> act)
    {
        Close();
        if (sure) await DoAsync(act);
    }

    private async Task DoAsync(Func<KeyActor, Task<Change>> act)
    {
        fault = await Acting.AskAsync(PortalRoles.Admin) is { } by ? (await act(by)).Problem : ActingVisitor.No(PortalRoles.Admin);
        await LookAsync();
    }

    private bool GetsSummaries(Channel channel) => !channel.KeepsState && routes.Any(one => one.Route.ChannelId == channel.Id && one.Route.Rules.Kinds.Contains(RouteKind.Summary));

    private async Task TestAsync(Channel channel, bool asSummary = false)
    {
        if (testing is not null) return;
        (testing, note, fault) = (channel.Id, "", null);
        try
        {
            if (await Acting.AskAsync(PortalRoles.Admin) is not { } by)
            {
                fault = ActingVisitor.No(PortalRoles.Admin);
                return;
            }

            var outcome = asSummary ? await Trial.SendAsync(channel, by.Name, Left) : await Sender.TestAsync(channel, by.Name, Left);
            var isTaken = outcome.Kind == OutcomeKind.Delivered;
            await Notes.TryWriteAsync(by, "channel.tested", channel.Id, $"{channel.Name}: {(isTaken ? "taken" : outcome.Fault)}");
            note = isTaken ? $"{channel.Name} took the {(asSummary ? "summary" : "test")}. {outcome.Fault}".TrimEnd() : "";
            fault = isTaken ? null : $"{channel.Name} did not take the {(asSummary ? "summary" : "test")}. {outcome.Fault}";
        }
        finally
        {
            testing = null;
        }
    }
}
