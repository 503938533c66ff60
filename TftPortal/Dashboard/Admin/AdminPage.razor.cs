using Microsoft.AspNetCore.Components;
using TftPortal.Access;
using TftPortal.Access.ApiKeys;
using TftPortal.Access.Audit;
using TftPortal.Access.Checklist;
using TftPortal.Access.SignIn;
using TftPortal.Dashboard.Channels;
using TftPortal.Dashboard.Keys;
using TftPortal.Dashboard.Live;
using TftPortal.Dashboard.State;
using TftPortal.Dashboard.Words;
using TftPortal.Engine.Fleet;
using TftPortal.Engine.State;
using TftPortal.Notifications.Delivery;

namespace TftPortal.Dashboard.Admin;

/// <summary>What there is to administer, each with the figure that tells whether to go there.</summary>
public sealed partial class AdminPage : PulsedComponent
{
    private List<Door> doors = [];

    [Inject]
    private KeyRing Ring { get; set; } = null!;

    [Inject]
    private Users Users { get; set; } = null!;

    [Inject]
    private AuditLog Audit { get; set; } = null!;

    [Inject]
    private QueueFigures Figures { get; set; } = null!;

    [Inject]
    private SecurityChecklist Checklist { get; set; } = null!;

    [Inject]
    private LimitsPicture Limits { get; set; } = null!;

    [Inject]
    private IServiceProvider Portal { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task LookAsync()
    {
        var last = await Audit.ReadAsync(AuditFilter.Everything, below: null, size: 1, Left);
        doors = [Keys(), Channels(), await PeopleAsync(), AuditDoor(last), LimitsDoor(), await SecurityAsync(), .. System()];
    }

    private Door Keys()
    {
        var now = Clock.GetUtcNow();
        var keys = KeyListings.Of(Ring.Keys, now);
        var soon = KeyExpiry.Soon(Ring.Keys, now);
        var rotating = keys.Count(key => key.OldWorksUntil is not null);
        var words = soon.IsEmpty ? (rotating == 0 ? "work, and none expires soon" : $"work, {rotating} of them rotating") : KeyExpiry.Words(soon, now);
        return new("admin/keys", "Keys", Words.Figures.Count(keys.Count(key => !key.IsEnded)), words, KeyExpiry.Level(soon, now));
    }

    private Door Channels()
    {
        var (picture, level) = (Figures.Latest, ChannelWords.Level(Figures.Latest));
        var words = level > RiskLevel.Healthy ? ChannelWords.Verdict(picture, 1) : picture.Channels.IsEmpty ? "Nobody is told of anything yet" : picture.Queued == 0 ? "take what is sent" : $"{Words.Figures.Count(picture.Queued)} messages wait";
        return new("admin/channels", "Channels", Words.Figures.Count(picture.Channels.Length), words, level);
    }

    private async Task<Door> PeopleAsync()
    {
        var users = await Users.ListAsync(Left);
        var admins = users.Count(one => one.User.Role == PortalRoles.Admin && one.User.DisabledAt is null);
        return new("admin/users", "Users", Words.Figures.Count(users.Count), admins == 1 ? "one of them an admin" : $"{Words.Figures.Count(admins)} of them admins", RiskLevel.Healthy);
    }

    private static Door AuditDoor(IReadOnlyList<AuditEntry> last) =>
        new("admin/audit", "Audit", last.Count == 0 ? "0" : Words.Figures.Count(last[0].Number), last.Count == 0 ? "entries: nothing was administered yet" : $"entries, the last: {last[0].Action} by {last[0].Actor}", RiskLevel.Healthy);

    private Door LimitsDoor()
    {
        var report = Limits.Take();
        var limited = report.Clients.Count(client => client.IsLimited);
        var words = report.WrongKeys.IsEmpty ? "clients refused now" : $"clients refused now; {Words.Figures.Count(report.WrongKeys.Sum(count => count.InHour))} wrong keys within the last hour";
        return new("admin/limits", "Limits", Words.Figures.Count(limited), words, limited > 0 ? RiskLevel.Warning : RiskLevel.Healthy);
    }

    private async Task<Door> SecurityAsync()
    {
        var report = await Checklist.LookAsync(Left);
        return new("admin/security", "Security", Words.Figures.Count(report.Score), report.Open == 0 ? "of 100: nothing is left to do" : $"of 100: {report.Items[0].Name} first", report.Open == 0 ? RiskLevel.Healthy : RiskLevel.Warning);
    }

    private IEnumerable<Door> System() => Portal.GetService<StateKeeper>()?.Report is { } state
        ? [new("system", "System", StateWords.Word(state.Health), StateWords.Headline(state.Health), StateWords.Level(state.Health))]
        : [];

    private sealed record Door(string Address, string Name, string Figure, string Words, RiskLevel Level);
}
