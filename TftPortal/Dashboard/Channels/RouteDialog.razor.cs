using System.Globalization;
using Microsoft.AspNetCore.Components;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Live;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Routing;

namespace TftPortal.Dashboard.Channels;

/// <summary>Asks for everything that a route can have, and makes or changes it; every fault stands at its field.</summary>
public sealed partial class RouteDialog
{
    private static readonly char[] Between = [' ', ',', ';', '\t'];

    private readonly HashSet<string> kinds = ["predicted", "breaching"], profiles = [];
    private IReadOnlyList<WishFault> faults = [];
    private string name = "", channelId = "", severity = "warning", servers = "", from = "", to = "", zone = "", days = "", repeat = "", after = "", next = "";
    private bool resolved = true, simulated, enabled = true, waits;

    /// <summary>The id of the route that is changed; null for a new one.</summary>
    [Parameter, EditorRequired]
    public string? RouteId { get; set; }

    /// <summary>It was closed, and nothing changed.</summary>
    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>It was made or changed.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private RouteStore Store { get; set; } = null!;

    [Inject]
    private ChannelStore ChannelStore { get; set; } = null!;

    [Inject]
    private ActingVisitor Acting { get; set; } = null!;

    private NoticeRoute? Before { get; set; }

    private IReadOnlyList<ListedChannel> Channels { get; set; } = [];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Channels = await ChannelStore.ListAsync(CancellationToken.None);
        if (RouteId is not null) Before = (await Store.ListAsync(CancellationToken.None)).FirstOrDefault(one => one.Route.Id == RouteId)?.Route;
        channelId = Channels.Count > 0 ? Channels[0].Channel.Id : "";
        if (Before is not { Rules: { } rules } before) return;
        (name, channelId, enabled, next) = (before.Name, before.ChannelId, before.IsEnabled, before.EscalateToId ?? "");
        kinds.Clear();
        kinds.UnionWith(rules.Kinds.Select(kind => kind.WireName()));
        profiles.UnionWith(rules.Profiles.Select(profile => profile.WireName()));
        (severity, servers) = (rules.MinSeverity.WireName(), string.Join(' ', rules.Servers));
        (resolved, simulated) = (rules.WithResolved, rules.WithSimulated);
        (repeat, after) = (Text(rules.RepeatMinutes), Text(rules.EscalateAfterMinutes));
        if (rules.Hours is not { } hours) return;
        (zone, days) = (hours.Zone, string.Join(' ', hours.Days.Select(day => day.WireName())));
        if (hours.From != hours.To) (from, to) = (hours.From.ToString("HH:mm", CultureInfo.InvariantCulture), hours.To.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private static void Choose(HashSet<string> all, string one, bool isChosen) => _ = isChosen ? all.Add(one) : all.Remove(one);

    private IReadOnlyList<string> Of(string field) => [.. faults.Where(fault => fault.Field == field).Select(fault => fault.Reason)];

    private async Task SaveAsync()
    {
        if (waits) return;
        waits = true;
        try
        {
            List<WishFault> unread = [];
            var wish = new RouteWish
            {
                Name = name,
                Enabled = enabled,
                ChannelId = channelId,
                Kinds = [.. kinds],
                MinSeverity = severity,
                Profiles = [.. profiles],
                Servers = servers.Split(Between, StringSplitOptions.RemoveEmptyEntries),
                From = from,
                To = to,
                Zone = zone,
                Days = days.Split(Between, StringSplitOptions.RemoveEmptyEntries),
                RepeatMinutes = Number("repeat_minutes", repeat, unread),
                EscalateAfterMinutes = Number("escalate_after_minutes", after, unread),
                EscalateToId = next,
                Resolved = resolved,
                Simulated = simulated,
            };
            faults = unread;
            if (unread.Count > 0) return;
            if (await Acting.AskAsync(PortalRoles.Admin) is not { } by)
            {
                faults = [new("name", ActingVisitor.No(PortalRoles.Admin))];
                return;
            }

            var change = Before is null ? await Store.CreateAsync(wish, by, CancellationToken.None) : await Store.UpdateAsync(Before.Id, wish, by, CancellationToken.None);
            faults = change.Problem is { } problem ? [new("name", problem)] : change.Faults;
            if (change.Id is not null) await OnDone.InvokeAsync();
        }
        finally
        {
            waits = false;
        }
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Number(string field, string text, List<WishFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        faults.Add(new(field, $"{ChannelCheck.Shown(text)} is no whole number"));
        return null;
    }
}
