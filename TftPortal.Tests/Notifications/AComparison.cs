using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Concerns;
using TftPortal.Notifications.Routing;
using TftPortal.Notifications.Telling;

namespace TftPortal.Tests.Notifications;

/// <summary>A database in memory that does what comparisons say: what was told, and every message in order.</summary>
internal sealed class AComparison
{
    private readonly Dictionary<(string, string), Told> told = [];

    public DateTimeOffset Now { get; set; } = AnOutlook.Noon;

    public List<NoticeRoute> Routes { get; } = [];

    public List<Channel> Channels { get; } = [];

    public ImmutableHashSet<NoticeKind> Known { get; set; } = [NoticeKind.Incident, NoticeKind.KeyExpiry, NoticeKind.Portal];

    public TimeSpan Gather { get; init; }

    /// <summary>"ops: raised incident:…".</summary>
    public List<string> Said { get; } = [];

    public List<Notice> Notices { get; } = [];

    public AComparison To(string channel, ChannelKind kind = ChannelKind.Webhook, Func<RouteRules, RouteRules>? rules = null, string? escalateTo = null)
    {
        if (Channels.All(one => one.Id != channel)) Channels.Add(new() { Id = channel, Name = channel, Kind = kind, Settings = new(), Secrets = ChannelSecrets.None, IsEnabled = true });
        var all = new RouteRules { Kinds = [.. Enum.GetValues<RouteKind>()], MinSeverity = AlertSeverity.Warning };
        Routes.Add(new() { Id = $"{Routes.Count}", Name = $"{Routes.Count}", ChannelId = channel, EscalateToId = escalateTo, Rules = rules?.Invoke(all) ?? all, IsEnabled = true });
        return this;
    }

    /// <summary>A channel that only escalations lead to.</summary>
    public AComparison Beside(string channel)
    {
        Channels.Add(new() { Id = channel, Name = channel, Kind = ChannelKind.Webhook, Settings = new(), Secrets = ChannelSecrets.None, IsEnabled = true });
        return this;
    }

    /// <summary>Looks at what stands now, does what follows, and says what it was; a second look must say nothing.</summary>
    public IReadOnlyList<string> LookAt(params Concern[] concerns)
    {
        var tellings = Comparison.Of(Picture(concerns));
        foreach (var tell in tellings)
        {
            if (tell.Told is null) told.Remove((tell.ChannelId, tell.Concern));
            else told[(tell.ChannelId, tell.Concern)] = tell.Told;
        }

        Assert.Empty(Comparison.Of(Picture(concerns)));
        var messages = tellings.Where(tell => tell.Notice is not null).ToList();
        Notices.AddRange(messages.Select(tell => tell.Notice!));
        List<string> said = [.. messages.Select(tell => $"{tell.ChannelId}: {tell.Notice!.Step.WireName()} {tell.Notice.Concern}")];
        Said.AddRange(said);
        return said;
    }

    /// <summary>The same of pictures.</summary>
    public IReadOnlyList<string> Look(params ATrouble[] troubles) => LookAt([.. IncidentConcerns.Of(ATrouble.Picture(1, Now, troubles))]);

    private TellingPicture Picture(Concern[] concerns) => new()
    {
        Now = Now, Concerns = concerns, Known = Known, Channels = Channels, Routes = Routes, Told = [.. told.Values], Waiting = new HashSet<(string, string)>(), Gather = Gather,
    };
}
