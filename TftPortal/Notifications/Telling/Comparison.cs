using System.Collections.Immutable;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Concerns;
using TftPortal.Notifications.Routing;

namespace TftPortal.Notifications.Telling;

/// <summary>What a channel was told of a concern, as the database has it.</summary>
internal sealed record Told
{
    public required string ChannelId { get; init; }
    public required string Concern { get; init; }
    public required AlertSeverity Severity { get; init; }
    public required bool IsAcknowledged { get; init; }
    public required bool WithResolved { get; init; }
    public required DateTimeOffset ToldAt { get; init; }
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The last message.</summary>
    public required Notice Notice { get; init; }
}

/// <summary>What follows from a comparison: a message, and what the channel will have been told then.</summary>
/// <param name="ChannelId">To whom.</param>
/// <param name="Concern">Of what.</param>
/// <param name="Told">What it will have been told; null where that is over.</param>
/// <param name="Notice">The message; null where only the memory changes.</param>
internal sealed record Tell(string ChannelId, string Concern, Told? Told, Notice? Notice);

/// <summary>Everything that a comparison looks at.</summary>
internal sealed record TellingPicture
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>What stands.</summary>
    public required IReadOnlyList<Concern> Concerns { get; init; }

    /// <summary>The kinds of which that can be said: of others nothing counts as over.</summary>
    public required ImmutableHashSet<NoticeKind> Known { get; init; }

    public required IReadOnlyList<Channel> Channels { get; init; }
    public required IReadOnlyList<NoticeRoute> Routes { get; init; }
    public required IReadOnlyList<Told> Told { get; init; }

    /// <summary>What waits to be delivered, by channel and concern: a reminder of what is not delivered yet helps nobody.</summary>
    public required IReadOnlySet<(string ChannelId, string Concern)> Waiting { get; init; }

    /// <summary>How long an incident must stand before it is told.</summary>
    public required TimeSpan Gather { get; init; }

    /// <summary>The portal's address; empty where it is not known.</summary>
    public string PortalUrl { get; init; } = "";
}

/// <summary>Compares what stands with what was told. Pure: asked twice of the same it says the same but for the messages' ids, and asked again after what it said was done it says nothing.</summary>
internal static class Comparison
{
    // That a summary was sent is remembered long after it is over: where a clock jumps ahead and back again, the same week is due once more.
    private static readonly TimeSpan SummaryKept = TimeSpan.FromDays(60);

    public static IReadOnlyList<Tell> Of(TellingPicture picture)
    {
        var channels = picture.Channels.Where(channel => channel.IsEnabled).ToDictionary(channel => channel.Id, StringComparer.Ordinal);
        var told = picture.Told.Select(was => Kept(was, picture.Now)).ToDictionary(told => (told.ChannelId, told.Concern));
        var standing = picture.Concerns.ToDictionary(concern => concern.Key, StringComparer.Ordinal);
        var absorbers = picture.Concerns.SelectMany(concern => concern.Absorbed.Select(absorbed => (absorbed, concern))).DistinctBy(pair => pair.absorbed).ToDictionary(pair => pair.absorbed, pair => pair.concern, StringComparer.Ordinal);
        List<Tell> tellings = [];
        foreach (var before in picture.Told)
        {
            if (!channels.TryGetValue(before.ChannelId, out var channel)) continue;
            var (was, said) = (told[(before.ChannelId, before.Concern)], tellings.Count);
            if (!standing.ContainsKey(was.Concern) && absorbers.TryGetValue(was.Concern, out var absorber)) Absorb(absorber, was, channel);
            else if (standing.TryGetValue(was.Concern, out var concern)) Continue(picture, channel, concern, was, tellings);
            else if (was.Notice.Kind == NoticeKind.Summary ? picture.Now - was.ToldAt >= SummaryKept : picture.Known.Contains(was.Notice.Kind)) tellings.Add(End(was, channel, picture.Now));
            if (tellings.Count == said && was != before) tellings.Add(new(was.ChannelId, was.Concern, was, null));
        }

        foreach (var concern in picture.Concerns.Where(concern => !concern.IsHeld && (concern.Kind != NoticeKind.Incident || (picture.Now - concern.StartedAt >= picture.Gather || picture.Now < concern.StartedAt))))
        {
            foreach (var route in picture.Routes.Where(route => route.Lets(concern, picture.Now)))
            {
                Raise(picture, route.ChannelId, concern, route.Rules.WithResolved, null);
                Escalate(picture, route, concern);
            }
        }

        return tellings;

        // Who was told of a part is not told of the whole: the message goes on under its first key. Who was told of both hears of one of them no more;
        // a program, which counts by keys, is told that this one is over.
        void Absorb(Concern whole, Told part, Channel channel)
        {
            var isNew = !told.ContainsKey((part.ChannelId, whole.Key));
            var isCounted = channel.KeepsState || channel.Kind == ChannelKind.Webhook;
            tellings.Add(new(part.ChannelId, part.Concern, null, isNew || !isCounted ? null : End(part, channel, picture.Now).Notice));
            if (!isNew) return;
            var goesOn = part with { Concern = whole.Key };
            told.Add((part.ChannelId, whole.Key), goesOn);
            tellings.Add(new(part.ChannelId, whole.Key, goesOn, null));
        }

        void Raise(TellingPicture of, string channelId, Concern concern, bool withResolved, string? note)
        {
            if (!channels.TryGetValue(channelId, out var channel) || concern.ExceptChannel == channelId || told.ContainsKey((channelId, concern.Key))) return;
            if (concern.Kind == NoticeKind.Summary && channel.KeepsState) return; // it would stand there until somebody ended it
            var notice = Message(of, concern, NoticeStep.Raised) with { Note = note };
            var now = new Told
            {
                ChannelId = channelId,
                Concern = concern.Key,
                Severity = concern.Severity,
                IsAcknowledged = concern.AcknowledgedBy is not null,
                WithResolved = withResolved || channel.KeepsState,
                ToldAt = of.Now,
                LastAt = of.Now,
                Notice = notice,
            };
            told.Add((channelId, concern.Key), now);
            tellings.Add(new(channelId, concern.Key, now, notice));
        }

        void Escalate(TellingPicture of, NoticeRoute route, Concern concern)
        {
            if (!concern.Nags || concern.AcknowledgedBy is not null || route is not { EscalateToId: { } next, Rules.EscalateAfterMinutes: { } minutes }) return;
            if (!told.TryGetValue((route.ChannelId, concern.Key), out var first) || of.Now - first.ToldAt < TimeSpan.FromMinutes(minutes)) return;
            Raise(of, next, concern, route.Rules.WithResolved, $"Nobody acknowledged it for {minutes} minutes; {(channels.TryGetValue(route.ChannelId, out var before) ? before.Name : "another channel")} was told first.");
        }
    }

    private static void Continue(TellingPicture picture, Channel channel, Concern concern, Told was, List<Tell> tellings)
    {
        var isTaken = concern.AcknowledgedBy is not null;
        // By the worse of both severities: the end of what a route for critical ones let through is not lost when it gets better.
        var judged = concern with { Severity = concern.Severity > was.Severity ? concern.Severity : was.Severity };
        var isLet = picture.Routes.Any(route => (route.ChannelId == was.ChannelId || route.EscalateToId == was.ChannelId) && route.Lets(judged, picture.Now));
        if (isLet && !concern.IsHeld && concern.Severity > was.Severity)
        {
            var notice = Message(picture, concern, NoticeStep.Escalated) with { Concern = was.Notice.Concern };
            tellings.Add(new(was.ChannelId, was.Concern, was with { Severity = concern.Severity, IsAcknowledged = isTaken, LastAt = picture.Now, Notice = notice }, notice));
        }
        else if (isTaken && !was.IsAcknowledged && (isLet || channel.KeepsState))
        {
            var notice = Message(picture, concern, NoticeStep.Acknowledged) with { Concern = was.Notice.Concern, Severity = was.Severity };
            var isSaid = !concern.IsHeld && channel.Kind != ChannelKind.Alertmanager; // which knows no such thing
            tellings.Add(new(was.ChannelId, was.Concern, was with { IsAcknowledged = true, LastAt = picture.Now, Notice = notice }, isSaid ? notice : null));
        }
        else if (!isTaken && was.IsAcknowledged)
        {
            tellings.Add(new(was.ChannelId, was.Concern, was with { IsAcknowledged = false, LastAt = picture.Now }, null)); // given back: reminders begin anew
        }
        else if (concern.Nags && !isTaken && !concern.IsHeld && !channel.KeepsState && !picture.Waiting.Contains((was.ChannelId, was.Concern)) && picture.Now - was.LastAt >= RepeatAfter(picture, was.ChannelId, concern))
        {
            var notice = Message(picture, concern, NoticeStep.Repeated) with { Concern = was.Notice.Concern };
            tellings.Add(new(was.ChannelId, was.Concern, was with { LastAt = picture.Now, Notice = notice }, notice));
        }
    }

    private static TimeSpan RepeatAfter(TellingPicture picture, string channelId, Concern concern) =>
        picture.Routes.Where(route => route.ChannelId == channelId && route.Rules.RepeatMinutes is not null && route.Lets(concern, picture.Now))
            .Select(route => TimeSpan.FromMinutes(route.Rules.RepeatMinutes!.Value)).DefaultIfEmpty(TimeSpan.MaxValue).Min();

    private static Tell End(Told was, Channel channel, DateTimeOffset now)
    {
        var isSaid = was.Notice.Kind != NoticeKind.Summary && (was.WithResolved || channel.KeepsState);
        return new(was.ChannelId, was.Concern, null, isSaid ? was.Notice.Ended(now) : null);
    }

    // Where the clock was set back, what was told lies ahead: its reminders and escalations count from now on, and neither come at once nor wait until the clock is where it was.
    private static Told Kept(Told was, DateTimeOffset now) => was.LastAt <= now && was.ToldAt <= now ? was : was with { ToldAt = was.ToldAt < now ? was.ToldAt : now, LastAt = was.LastAt < now ? was.LastAt : now };

    private static Notice Message(TellingPicture picture, Concern concern, NoticeStep step) => new()
    {
        Id = Guid.CreateVersion7(picture.Now),
        Concern = concern.Key,
        Kind = concern.Kind,
        Step = step,
        Severity = concern.Severity,
        IsBreaching = concern.IsBreaching,
        At = picture.Now,
        StartedAt = concern.StartedAt,
        Title = concern.Title,
        Message = concern.Message,
        Over = concern.Over,
        Servers = [.. concern.Servers.Take(Notice.MaxServers).Select(server => server.Name)],
        ServerCount = concern.Servers.Length,
        Alerts = [.. concern.Alerts.Take(Notice.MaxAlerts)],
        AlertCount = concern.Alerts.Length,
        IsSimulated = concern.IsSimulated,
        AcknowledgedBy = concern.AcknowledgedBy,
        Link = picture.PortalUrl.Length == 0 ? null : $"{picture.PortalUrl.TrimEnd('/')}/{concern.Page}",
    };
}
